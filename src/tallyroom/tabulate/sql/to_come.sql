-- Stations whose votes could still come, and all voters registered there: stations without an act
-- in force, with a held one, or with an accepted one that leaves a choice's votes or the base open.
-- `bases` names the contests that have acts, each with the figure that its majority or threshold is measured by;
-- in_base: the voters of stations whose part of that figure is already counted. An annulled station's votes cannot come.
-- The register is the larger of the form's and of stations.csv, and never smaller than the votes on a held form.
WITH unread AS (
    SELECT contest, station, act
    FROM votes
    WHERE votes IS NULL
    UNION
    SELECT items.contest, items.station, items.act
    FROM items
    JOIN bases
        ON bases.contest = items.contest AND bases.item = items.item
    WHERE items.value IS NULL
),
waiting AS (
    SELECT contests.contest, stations.station, stations.registered, acts.act, acts.status
    FROM bases AS contests
    CROSS JOIN stations
    LEFT JOIN acts
        ON acts.contest = contests.contest AND acts.station = stations.station AND acts.in_force
    LEFT JOIN unread
        ON unread.contest = acts.contest AND unread.station = acts.station AND unread.act = acts.act
    WHERE acts.station IS NULL
        OR acts.status = 'held'
        OR (acts.status = 'accepted' AND unread.station IS NOT NULL)
),
written AS (
    SELECT votes.contest, votes.station, votes.act, SUM(votes.votes) AS votes
    FROM votes
    JOIN waiting
        ON waiting.contest = votes.contest AND waiting.station = votes.station AND waiting.act = votes.act
    GROUP BY votes.contest, votes.station, votes.act
),
told AS (
    SELECT items.contest, items.station, items.act, items.item, items.value
    FROM items
    JOIN waiting
        ON waiting.contest = items.contest AND waiting.station = items.station AND waiting.act = items.act
    WHERE items.item LIKE 'figures.%'
),
bounds AS (
    SELECT
        waiting.contest,
        waiting.status,
        base.value AS base,
        COALESCE(waiting.registered, register.value) AS known,
        GREATEST(COALESCE(waiting.registered, 0), COALESCE(register.value, 0), COALESCE(written.votes, 0)) AS voters
    FROM waiting
    LEFT JOIN bases
        ON bases.contest = waiting.contest
    LEFT JOIN told AS register
        ON register.contest = waiting.contest
        AND register.station = waiting.station
        AND register.act = waiting.act
        AND register.item = 'figures.registered'
    LEFT JOIN told AS base
        ON base.contest = waiting.contest
        AND base.station = waiting.station
        AND base.act = waiting.act
        AND base.item = bases.item
    LEFT JOIN written
        ON written.contest = waiting.contest AND written.station = waiting.station AND written.act = waiting.act
)
SELECT
    contest,
    CAST(COUNT(*) AS BIGINT) AS stations,
    CAST(SUM(voters) AS BIGINT) AS registered,
    CAST(SUM(CASE WHEN status = 'accepted' AND base IS NOT NULL THEN voters ELSE 0 END) AS BIGINT) AS in_base,
    CAST(COUNT(*) - COUNT(known) AS BIGINT) AS lacking
FROM bounds
GROUP BY contest
ORDER BY contest
