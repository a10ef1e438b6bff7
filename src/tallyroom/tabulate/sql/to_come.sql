-- Stations whose votes could still come, and all voters registered there: stations without an act
-- in force, with a held one, or with an accepted one that leaves a choice's votes or the base open.
-- `bases` names the figure that each contest's majority is measured by. An annulled station's votes cannot come.
SELECT
    contests.contest,
    CAST(COUNT(*) AS BIGINT) AS stations,
    CAST(SUM(COALESCE(stations.registered, register.value)) AS BIGINT) AS registered,
    CAST(COUNT(*) - COUNT(COALESCE(stations.registered, register.value)) AS BIGINT) AS lacking
FROM (SELECT DISTINCT contest FROM acts) AS contests
CROSS JOIN stations
LEFT JOIN acts
    ON acts.contest = contests.contest AND acts.station = stations.station AND acts.in_force
LEFT JOIN items AS register
    ON register.contest = acts.contest
    AND register.station = acts.station
    AND register.act = acts.act
    AND register.item = 'figures.registered'
LEFT JOIN (
    SELECT DISTINCT contest, station, act FROM votes WHERE votes IS NULL
    UNION
    SELECT items.contest, items.station, items.act
    FROM items
    JOIN bases ON bases.contest = items.contest AND bases.item = items.item
    WHERE items.value IS NULL
) AS open
    ON open.contest = acts.contest AND open.station = acts.station AND open.act = acts.act
WHERE acts.station IS NULL
    OR acts.status = 'held'
    OR (acts.status = 'accepted' AND open.station IS NOT NULL)
GROUP BY contests.contest
ORDER BY contests.contest
