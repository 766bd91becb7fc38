-- The queries behind the questions (graph/query/row_types.py), each under its name; columns are called as the fields of
-- its row. A condition `(:x IS NULL OR y = :x)` is left out where x is not given. graph/query/texts.py says what the
-- lines `query` and `part` mean.

-- query: plan_known
SELECT id FROM plan WHERE id = :id

-- query: was_removed
SELECT id FROM removed WHERE id = :id

-- query: plans
SELECT p.id, p.title, p.number AS document_number, p.issuer, p.issued_on, p.year, p.region, p.sections, p.tasks,
       p.milestones, p.doubts, p.consumed, p.total, r.version, r.generation
FROM plan_row p JOIN plan r ON r.id = p.id ORDER BY p.issued_on DESC, p.id

-- query: units
-- What it counts is narrowed inside too: SQLite carries no condition into a subquery that groups.
SELECT u.id, substr(MIN(printf('%03d', length(u.name)) || u.name), 4) AS name, MIN(u.kind) AS kind,
       MAX(u.level) AS level, MIN(u.region) AS region, json_group_array(u.names) AS names,
       SUM(COALESCE(a.lead, 0)) AS lead, SUM(COALESCE(a.support, 0)) AS support,
       SUM(COALESCE(a.responsible, 0)) AS responsible, SUM(COALESCE(h.tasks, 0)) AS as_hat,
       COUNT(DISTINCT u.plan_id) AS plans
FROM unit u
LEFT JOIN (SELECT unit_id, plan_id, COUNT(DISTINCT iif(role = 'lead', task_id, NULL)) AS lead,
                  COUNT(DISTINCT iif(role = 'support', task_id, NULL)) AS support,
                  COUNT(DISTINCT iif(role = 'responsible', task_id, NULL)) AS responsible
           FROM assignment WHERE (:unit IS NULL OR unit_id = :unit) AND (:plan IS NULL OR plan_id = :plan)
           GROUP BY unit_id, plan_id) a
       ON a.unit_id = u.id AND a.plan_id = u.plan_id
LEFT JOIN (SELECT hat_id, plan_id, COUNT(DISTINCT task_id) AS tasks FROM assignment
           WHERE hat_id IS NOT NULL AND (:unit IS NULL OR hat_id = :unit) AND (:plan IS NULL OR plan_id = :plan)
           GROUP BY hat_id, plan_id) h
       ON h.hat_id = u.id AND h.plan_id = u.plan_id
WHERE (:unit IS NULL OR u.id = :unit) AND (:plan IS NULL OR u.plan_id = :plan)
GROUP BY u.id

-- query: named
SELECT id, name, kind, region FROM unit WHERE id = :unit ORDER BY plan_id LIMIT 1

-- query: duties
-- `unit` is the unit itself, or `hat` a second nameplate.
SELECT a.unit_id, u.name AS unit, t.id AS task_id, t.plan_id, p.title AS plan_title, p.issued_on, t.section, t.text,
       a.role, a.stated, a.mention, a.rule, t.start, t."end", a.statement_start, a.statement_end, t.deadline
FROM assignment a
JOIN task t ON t.id = a.task_id
JOIN plan_row p ON p.id = t.plan_id
JOIN unit u ON u.id = a.unit_id AND u.plan_id = a.plan_id
WHERE (:unit IS NULL OR a.unit_id = :unit) AND (:hat IS NULL OR a.hat_id = :hat)
  AND (:role IS NULL OR a.role = :role) AND (:plan IS NULL OR a.plan_id = :plan)
  AND (:deadline IS NULL OR t.deadline = :deadline)
  AND (:unless IS NULL OR NOT EXISTS (
    SELECT 1 FROM assignment o WHERE o.unit_id = :unless AND o.plan_id = a.plan_id AND o.task_id = a.task_id))
ORDER BY p.issued_on DESC, t.plan_id, t.place, a.place

-- query: collectives
SELECT DISTINCT id, name FROM unit WHERE region = :region AND kind = 'collective' ORDER BY id, name

-- query: documents
SELECT d.id, d.title, d.number, d.plan_id, json_group_array(DISTINCT c.title) AS titles, COUNT(c.id) AS citations,
       COUNT(DISTINCT c.plan_id) AS plans
FROM document d
JOIN named n ON n.document_id = d.id
LEFT JOIN citation c ON c.title_key = n.title_key AND c.number_key = n.number_key
WHERE (:id IS NULL OR d.id = :id)
GROUP BY d.id
ORDER BY COUNT(c.id) DESC, d.id

-- query: redirect
SELECT document_id FROM redirect WHERE id = :id

-- query: citing
WITH place (citation_id, inside) AS (
    SELECT c.id, 0 FROM named n JOIN citation c ON c.title_key = n.title_key AND c.number_key = n.number_key
    WHERE n.document_id = :document
    UNION
    SELECT i.citation_id, 1 FROM named n JOIN inner_title i ON i.title_key = n.title_key AND n.number_key = ''
    WHERE n.document_id = :document
)
SELECT c.id AS citation_id, iif(MIN(place.inside), o.document_id, NULL) AS through, c.title, c.number, c.role,
       c.articles, c.plan_id, p.title AS plan_title, c.holder, c.holder_id, c.section, c.sentence, c.start, c."end"
FROM place
JOIN citation c ON c.id = place.citation_id
JOIN named o ON o.title_key = c.title_key AND o.number_key = c.number_key
JOIN plan_row p ON p.id = c.plan_id
GROUP BY c.id
ORDER BY p.issued_on DESC, c.plan_id, c.start

-- part: by_day
WHERE d.due BETWEEN :start AND :end AND d.kind = 'by' AND (:plan IS NULL OR d.plan_id = :plan)

-- part: again
JOIN plan_row p ON p.id = d.plan_id
WHERE d.kind IN ('count', 'recurring') AND p.recurs_from <= :end AND p.recurs_to >= :start
  AND (:plan IS NULL OR d.plan_id = :plan)

-- query: due_by_day
SELECT d.id AS deadline_id, d.due, d.plan_id, d.start, d."end" FROM deadline d
<<by_day>>

-- query: due_again
SELECT d.id AS deadline_id, d.every, d.plan_id, d.start, d."end", p.recurs_from, p.recurs_to FROM deadline d
<<again>>

-- query: due
SELECT d.id AS deadline_id, d.level, d.text, d.kind, d.every, d.min_count, d."precision", d.start, d."end", d.plan_id,
       p.title AS plan_title, d.section_id, d.section, d.clause, d.milestone_id
FROM json_each(:facts) e JOIN deadline d ON d.id = e.value JOIN plan_row p ON p.id = d.plan_id

-- query: reached
SELECT r.fact_id, r.task_id FROM json_each(:facts) e JOIN reach r ON r.fact_id = e.value ORDER BY r.fact_id, r.place

-- query: parties
SELECT a.task_id, a.unit_id, u.name, a.role, a.stated FROM json_each(:tasks) e
JOIN assignment a ON a.task_id = e.value JOIN unit u ON u.id = a.unit_id AND u.plan_id = a.plan_id
ORDER BY a.task_id, a.place

-- query: gaps
SELECT g.code, t.id AS task_id, t.plan_id, p.title AS plan_title, t.section, t.text
FROM gap g JOIN task t ON t.id = g.task_id JOIN plan_row p ON p.id = g.plan_id
WHERE (:code IS NULL OR g.code = :code) AND (:plan IS NULL OR g.plan_id = :plan)
ORDER BY p.issued_on DESC, t.plan_id, t.place, g.code

-- query: gap_counts
SELECT code, COUNT(*) AS tasks FROM gap WHERE (:plan IS NULL OR plan_id = :plan) GROUP BY code

-- query: doubts
SELECT id, plan_id, code, params, start, "end" FROM doubt
WHERE (:plan IS NULL OR plan_id = :plan) ORDER BY plan_id, start, code, params, id

-- query: clashes
SELECT number, title, other FROM clash ORDER BY number, title, other

-- query: unit_counts
SELECT c.unit_id,
       CASE :by WHEN 'plan' THEN c.plan_id WHEN 'region' THEN p.region WHEN 'month' THEN c.month
       ELSE COALESCE(CAST(p.year AS TEXT), '') END AS key,
       SUM(iif(c.role = 'lead', c.tasks, 0)) AS lead, SUM(iif(c.role = 'responsible', c.tasks, 0)) AS responsible,
       SUM(iif(c.role = 'support', c.tasks, 0)) AS support
FROM unit_count c JOIN plan_row p ON p.id = c.plan_id GROUP BY 1, 2 ORDER BY 1, 2

-- query: pair_counts
SELECT one, other, SUM(tasks) AS tasks, SUM(leads) AS leads, SUM(led) AS led FROM pair_count
WHERE (:plan IS NULL OR plan_id = :plan) GROUP BY one, other ORDER BY one, other
