-- The sum of each derived figure (`figures.cast` and so on) in each place, over the acts that count.
-- lacking: acts that do not state it; value is null only where none states it.
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
        items.contest,
        stations.area,
        items.item,
        SUM(items.value) AS value,
        COUNT(*) - COUNT(items.value) AS lacking
    FROM items
    JOIN acts
        ON acts.contest = items.contest AND acts.station = items.station AND acts.act = items.act
    JOIN stations
        ON stations.station = items.station
    WHERE acts.counts AND items.item LIKE 'figures.%'
    GROUP BY items.contest, stations.area, items.item
)
SELECT
    contest,
    area,
    item,
    CAST(SUM(value) AS BIGINT) AS value,
    CAST(SUM(lacking) AS BIGINT) AS lacking
FROM (
    SELECT by_area.contest, within.ancestor AS area, by_area.item, by_area.value, by_area.lacking
    FROM by_area
    JOIN within
        ON within.place = by_area.area
    UNION ALL
    SELECT items.contest, apart.area, items.item, SUM(items.value), COUNT(*) - COUNT(items.value)
    FROM items
    JOIN acts
        ON acts.contest = items.contest AND acts.station = items.station AND acts.act = items.act
    JOIN apart
        ON apart.station = items.station
    WHERE acts.counts AND items.item LIKE 'figures.%'
    GROUP BY items.contest, apart.area, items.item
) AS places
GROUP BY contest, area, item
ORDER BY contest, area, item
