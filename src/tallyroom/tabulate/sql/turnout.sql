-- Voters and registered voters in each place, over the acts that count and state both,
-- so that a station with only one of the two does not bend the turnout.
-- Each act is first counted in its station's smallest area, and these sums in every area above it; `apart`
-- are the places of a station that lie in no such chain: groups, and the station itself.
WITH apart AS (
    SELECT stations.station, within.ancestor AS area
    FROM within
    JOIN stations
        ON stations.station = within.place
    WHERE NOT EXISTS (
        SELECT 1 FROM within AS above
        WHERE above.place = stations.area AND above.ancestor = within.ancestor
    )
),
counted AS (
    SELECT voters.contest, voters.station, stations.area, voters.value AS voters, registered.value AS registered
    FROM items AS voters
    JOIN items AS registered
        ON registered.contest = voters.contest
        AND registered.station = voters.station
        AND registered.act = voters.act
    JOIN acts
        ON acts.contest = voters.contest AND acts.station = voters.station AND acts.act = voters.act
    JOIN stations
        ON stations.station = voters.station
    WHERE acts.counts
        AND voters.item = 'figures.turnout'
        AND registered.item = 'figures.registered'
        AND voters.value IS NOT NULL
        AND registered.value IS NOT NULL
),
by_area AS (
    SELECT contest, area, SUM(voters) AS voters, SUM(registered) AS registered
    FROM counted
    GROUP BY contest, area
)
SELECT
    contest,
    area,
    CAST(SUM(voters) AS BIGINT) AS voters,
    CAST(SUM(registered) AS BIGINT) AS registered
FROM (
    SELECT by_area.contest, within.ancestor AS area, by_area.voters, by_area.registered
    FROM by_area
    JOIN within
        ON within.place = by_area.area
    UNION ALL
    SELECT counted.contest, apart.area, SUM(counted.voters), SUM(counted.registered)
    FROM counted
    JOIN apart
        ON apart.station = counted.station
    GROUP BY counted.contest, apart.area
) AS places
GROUP BY contest, area
ORDER BY contest, area
