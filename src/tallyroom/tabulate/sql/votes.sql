-- Votes for each choice in each place, over the acts that count.
-- lacking: acts that do not state this choice's votes; votes is null only where none states it.
SELECT
    votes.contest,
    within.ancestor AS area,
    votes.choice,
    CAST(SUM(votes.votes) AS BIGINT) AS votes,
    CAST(COUNT(*) - COUNT(votes.votes) AS BIGINT) AS lacking
FROM votes
JOIN acts
    ON acts.contest = votes.contest AND acts.station = votes.station AND acts.act = votes.act
JOIN within
    ON within.place = votes.station
WHERE acts.counts
GROUP BY votes.contest, within.ancestor, votes.choice
ORDER BY votes.contest, area, votes.choice
