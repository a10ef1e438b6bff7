-- The sum of each item and derived figure in each place, over the acts that count.
-- lacking: acts that do not state it; value is null only where none states it.
SELECT
    items.contest,
    within.ancestor AS area,
    items.item,
    CAST(SUM(items.value) AS BIGINT) AS value,
    CAST(COUNT(*) - COUNT(items.value) AS BIGINT) AS lacking
FROM items
JOIN acts
    ON acts.contest = items.contest AND acts.station = items.station AND acts.act = items.act
JOIN within
    ON within.place = items.station
WHERE acts.counts
GROUP BY items.contest, within.ancestor, items.item
ORDER BY items.contest, area, items.item
