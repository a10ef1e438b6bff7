-- Votes for each choice in each place, over the acts that count.
-- lacking: acts that do not state this choice's votes; votes is null only where none states it.
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
by_area AS (
    SELECT
        votes.contest,
        stations.area,
        votes.choice,
        SUM(votes.votes) AS votes,
        COUNT(*) - COUNT(votes.votes) AS lacking
    FROM votes
    JOIN acts
        ON acts.contest = votes.contest AND acts.station = votes.station AND acts.act = votes.act
    JOIN stations
        ON stations.station = votes.station
    WHERE acts.counts
    GROUP BY votes.contest, stations.area, votes.choice
)
SELECT
    contest,
    area,
    choice,
    CAST(SUM(votes) AS BIGINT) AS votes,
    CAST(SUM(lacking) AS BIGINT) AS lacking
FROM (
    SELECT by_area.contest, within.ancestor AS area, by_area.choice, by_area.votes, by_area.lacking
    FROM by_area
    JOIN within
        ON within.place = by_area.area
    UNION ALL
    SELECT votes.contest, apart.area, votes.choice, SUM(votes.votes), COUNT(*) - COUNT(votes.votes)
    FROM votes
    JOIN acts
        ON acts.contest = votes.contest AND acts.station = votes.station AND acts.act = votes.act
    JOIN apart
        ON apart.station = votes.station
    WHERE acts.counts
    GROUP BY votes.contest, apart.area, votes.choice
) AS places
GROUP BY contest, area, choice
ORDER BY contest, area, choice
