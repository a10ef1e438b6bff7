-- Stations and their registered voters in each place, whether a return came or not.
-- lacking: stations of which stations.csv gives no register.
SELECT
    within.ancestor AS area,
    CAST(COUNT(*) AS BIGINT) AS stations,
    CAST(SUM(stations.registered) AS BIGINT) AS registered,
    CAST(COUNT(*) - COUNT(stations.registered) AS BIGINT) AS lacking
FROM stations
JOIN within
    ON within.place = stations.station
GROUP BY within.ancestor
ORDER BY area
