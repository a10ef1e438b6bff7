-- Stations whose votes could still come, and all voters registered there: stations without an act
-- in force, with a held one, or with an accepted one that leaves a choice's votes or the base open.
-- `bases` names the figure that an absolute majority is measured by; in_base: the voters of stations whose
-- part of that figure is already counted. An annulled station's votes cannot come.
-- The register is the larger of the form's and of stations.csv, and never smaller than the votes on a held form.
SELECT
    contests.contest,
    CAST(COUNT(*) AS BIGINT) AS stations,
    CAST(SUM(
        GREATEST(COALESCE(stations.registered, 0), COALESCE(register.value, 0), COALESCE(written.votes, 0))
    ) AS BIGINT) AS registered,
    CAST(SUM(
        CASE
            WHEN acts.status = 'accepted' AND base.value IS NOT NULL THEN
                GREATEST(COALESCE(stations.registered, 0), COALESCE(register.value, 0), COALESCE(written.votes, 0))
            ELSE 0
        END
    ) AS BIGINT) AS in_base,
    CAST(COUNT(*) - COUNT(COALESCE(stations.registered, register.value)) AS BIGINT) AS lacking
FROM (SELECT DISTINCT contest FROM acts) AS contests
CROSS JOIN stations
LEFT JOIN bases
    ON bases.contest = contests.contest
LEFT JOIN acts
    ON acts.contest = contests.contest AND acts.station = stations.station AND acts.in_force
LEFT JOIN items AS register
    ON register.contest = acts.contest
    AND register.station = acts.station
    AND register.act = acts.act
    AND register.item = 'figures.registered'
LEFT JOIN items AS base
    ON base.contest = acts.contest
    AND base.station = acts.station
    AND base.act = acts.act
    AND base.item = bases.item
LEFT JOIN (
    SELECT contest, station, act, SUM(votes) AS votes, COUNT(*) - COUNT(votes) AS lacking
    FROM votes
    GROUP BY contest, station, act
) AS written
    ON written.contest = acts.contest AND written.station = acts.station AND written.act = acts.act
WHERE acts.station IS NULL
    OR acts.status = 'held'
    OR (acts.status = 'accepted' AND (written.lacking > 0 OR (base.station IS NOT NULL AND base.value IS NULL)))
GROUP BY contests.contest
ORDER BY contests.contest
