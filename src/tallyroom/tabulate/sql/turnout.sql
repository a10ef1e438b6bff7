-- Voters and registered voters in each place, over the acts that count and state both,
-- so that a station with only one of the two does not bend the turnout.
SELECT
    voters.contest,
    within.ancestor AS area,
    CAST(SUM(voters.value) AS BIGINT) AS voters,
    CAST(SUM(registered.value) AS BIGINT) AS registered
FROM items AS voters
JOIN items AS registered
    ON registered.contest = voters.contest
    AND registered.station = voters.station
    AND registered.act = voters.act
    AND registered.item = 'figures.registered'
JOIN acts
    ON acts.contest = voters.contest AND acts.station = voters.station AND acts.act = voters.act
JOIN within
    ON within.place = voters.station
WHERE acts.counts
    AND voters.item = 'figures.turnout'
    AND voters.value IS NOT NULL
    AND registered.value IS NOT NULL
GROUP BY voters.contest, within.ancestor
ORDER BY voters.contest, area
