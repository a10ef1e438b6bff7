-- Stations and their registered voters in each place, whether a return came or not.
-- lacking: stations of which stations.csv gives no register.
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
    SELECT area, COUNT(*) AS stations, SUM(registered) AS registered, COUNT(*) - COUNT(registered) AS lacking
    FROM stations
    GROUP BY area
)
SELECT
    area,
    CAST(SUM(stations) AS BIGINT) AS stations,
    CAST(SUM(registered) AS BIGINT) AS registered,
    CAST(SUM(lacking) AS BIGINT) AS lacking
FROM (
    SELECT within.ancestor AS area, by_area.stations, by_area.registered, by_area.lacking
    FROM by_area
    JOIN within
        ON within.place = by_area.area
    UNION ALL
    SELECT apart.area, COUNT(*), SUM(stations.registered), COUNT(*) - COUNT(stations.registered)
    FROM stations
    JOIN apart
        ON apart.station = stations.station
    GROUP BY apart.area
) AS places
GROUP BY area
ORDER BY area
