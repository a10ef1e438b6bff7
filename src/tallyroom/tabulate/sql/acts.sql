-- How many stations have an act in force, by its status, in each place.
SELECT
    acts.contest,
    within.ancestor AS area,
    acts.status,
    CAST(COUNT(*) AS BIGINT) AS stations
FROM acts
JOIN within
    ON within.place = acts.station
WHERE acts.in_force
GROUP BY acts.contest, within.ancestor, acts.status
ORDER BY acts.contest, area, acts.status
