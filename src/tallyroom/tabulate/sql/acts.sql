-- How many stations have an act in force, by its status, in each place.
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
    SELECT acts.contest, stations.area, acts.status, COUNT(*) AS stations
    FROM acts
    JOIN stations
        ON stations.station = acts.station
    WHERE acts.in_force
    GROUP BY acts.contest, stations.area, acts.status
)
SELECT
    contest,
    area,
    status,
    CAST(SUM(stations) AS BIGINT) AS stations
FROM (
    SELECT by_area.contest, within.ancestor AS area, by_area.status, by_area.stations
    FROM by_area
    JOIN within
        ON within.place = by_area.area
    UNION ALL
    SELECT acts.contest, apart.area, acts.status, COUNT(*)
    FROM acts
    JOIN apart
        ON apart.station = acts.station
    WHERE acts.in_force
    GROUP BY acts.contest, apart.area, acts.status
) AS places
GROUP BY contest, area, status
ORDER BY contest, area, status
