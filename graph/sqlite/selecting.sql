-- The queries behind a selection (graph/query/select_types.py): which tasks a predicate means, and what they have.
-- What tasks hold is asked of all of them; a task that names a unit by two names holds it once.

-- query: tasks_all
SELECT t.id, (SELECT MIN(d.due) FROM reach r JOIN deadline d ON d.id = r.fact_id
              WHERE r.task_id = t.id AND d.kind = 'by' AND d.level <> 'item') AS due
FROM task t JOIN plan_row p ON p.id = t.plan_id WHERE t.same_as IS NULL
ORDER BY p.issued_on DESC, t.plan_id, t.place

-- query: tasks_of_unit
SELECT DISTINCT task_id AS id FROM assignment
WHERE unit_id IN (SELECT value FROM json_each(:units)) AND (:role IS NULL OR role = :role)

-- query: tasks_of_hat
SELECT DISTINCT task_id AS id FROM assignment
WHERE hat_id IN (SELECT value FROM json_each(:units)) AND (:role IS NULL OR role = :role)

-- query: tasks_of_person
SELECT DISTINCT task_id AS id FROM person WHERE name IN (SELECT value FROM json_each(:names))

-- query: tasks_citing
SELECT DISTINCT r.task_id AS id FROM (
    SELECT c.id, c.role FROM named n JOIN citation c ON c.title_key = n.title_key AND c.number_key = n.number_key
    WHERE n.document_id IN (SELECT value FROM json_each(:documents))
    UNION
    SELECT c.id, c.role FROM named n JOIN inner_title i ON i.title_key = n.title_key AND n.number_key = ''
    JOIN citation c ON c.id = i.citation_id
    WHERE n.document_id IN (SELECT value FROM json_each(:documents))
) c JOIN reach r ON r.fact_id = c.id WHERE (:role IS NULL OR c.role = :role)

-- query: tasks_due
SELECT r.task_id AS id, MIN(d.due) AS due FROM deadline d JOIN reach r ON r.fact_id = d.id
WHERE d.kind = 'by' AND d.due BETWEEN :start AND :end AND d.level IN (SELECT value FROM json_each(:levels))
GROUP BY r.task_id

-- query: tasks_due_in_year
SELECT r.task_id AS id, MIN(d.due) AS due FROM plan_row p JOIN deadline d ON d.plan_id = p.id JOIN reach r ON r.fact_id = d.id
WHERE d.kind = 'by' AND d.due BETWEEN p.year || '-' || :start AND p.year || '-' || :end
  AND d.level IN (SELECT value FROM json_each(:levels))
GROUP BY r.task_id

-- query: tasks_due_again
SELECT DISTINCT r.task_id AS id, d.every, p.recurs_from, p.recurs_to
FROM deadline d JOIN plan_row p ON p.id = d.plan_id JOIN reach r ON r.fact_id = d.id
WHERE d.kind IN ('count', 'recurring') AND p.recurs_from <> ''

-- query: tasks_again
SELECT DISTINCT r.task_id AS id FROM deadline d JOIN reach r ON r.fact_id = d.id
WHERE d.kind IN ('count', 'recurring') AND d.every IN (SELECT value FROM json_each(:periods))

-- query: tasks_aiming
SELECT DISTINCT iif(x.holder_kind = 'task', x.holder_id, m.task_id) AS id FROM target x
LEFT JOIN milestone m ON x.holder_kind = 'milestone' AND m.id = x.holder_id
WHERE (x.holder_kind = 'task' OR m.task_id IS NOT NULL) AND (instr(x.subject, :subject) OR instr(x.text, :subject))
  AND CASE :comparison WHEN '>=' THEN x.value >= :value WHEN '>' THEN x.value > :value WHEN '=' THEN x.value = :value
      WHEN '<=' THEN x.value <= :value WHEN '<' THEN x.value < :value ELSE 1 END

-- query: tasks_with_role
SELECT DISTINCT task_id AS id FROM assignment WHERE (:role IS NULL OR role = :role)

-- query: tasks_with_target
SELECT DISTINCT iif(x.holder_kind = 'task', x.holder_id, m.task_id) AS id FROM target x
LEFT JOIN milestone m ON x.holder_kind = 'milestone' AND m.id = x.holder_id
WHERE x.holder_kind = 'task' OR m.task_id IS NOT NULL

-- query: tasks_with_citation
SELECT DISTINCT r.task_id AS id FROM citation c JOIN reach r ON r.fact_id = c.id

-- query: tasks_with_milestone
SELECT DISTINCT task_id AS id FROM milestone WHERE task_id IS NOT NULL

-- query: tasks_with_person
SELECT DISTINCT task_id AS id FROM person

-- query: tasks_with_gap
SELECT task_id AS id FROM gap WHERE code = :code

-- query: tasks_in_section
WITH RECURSIVE below (id) AS (
    SELECT value FROM json_each(:sections)
    UNION
    SELECT s.id FROM below b JOIN section s ON s.parent = b.id
)
SELECT t.id FROM task t JOIN below b ON b.id = t.section_id WHERE t.same_as IS NULL

-- query: tasks_in_plan
SELECT id FROM task WHERE plan_id IN (SELECT value FROM json_each(:plans)) AND same_as IS NULL

-- query: tasks_of_year
SELECT t.id FROM plan_row p JOIN task t ON t.plan_id = p.id
WHERE p.year IN (SELECT value FROM json_each(:years)) AND t.same_as IS NULL

-- query: tasks_of_region
SELECT t.id FROM plan_row p JOIN task t ON t.plan_id = p.id
WHERE t.same_as IS NULL
  AND EXISTS (SELECT 1 FROM json_each(:regions) r WHERE substr(p.region, 1, length(r.value)) = r.value)

-- query: task_rows
SELECT t.id, t.plan_id, p.title AS plan_title, p.issued_on, p.year, p.region, t.section_id, t.section, t.place, t.text,
       t.start, t."end", t.deadline
FROM json_each(:tasks) e JOIN task t ON t.id = e.value JOIN plan_row p ON p.id = t.plan_id

-- query: task_days
SELECT r.task_id, d.id AS deadline_id, d.text, d.kind, d.due, d.every, d.min_count, d."precision", d.level,
       iif(d.milestone_id IS NULL, '', d.clause) AS clause, d.start, d."end"
FROM json_each(:tasks) e JOIN reach r ON r.task_id = e.value JOIN deadline d ON d.id = r.fact_id
ORDER BY r.task_id, d.start, d.id

-- query: task_aims
SELECT e.value AS task_id, x.id AS target_id, x.subject, x.op, x.value, x.unit, x.text, x.start, x."end"
FROM json_each(:tasks) e JOIN target x ON x.holder_id = e.value AND x.holder_kind = 'task'
UNION ALL
SELECT m.task_id, x.id, x.subject, x.op, x.value, x.unit, x.text, x.start, x."end"
FROM json_each(:tasks) e JOIN milestone m ON m.task_id = e.value
JOIN target x ON x.holder_id = m.id AND x.holder_kind = 'milestone'
ORDER BY 1, 8, 2

-- query: task_bases
SELECT r.task_id, c.id AS citation_id, d.id AS document_id, d.title AS name, c.title, c.number, c.role
FROM json_each(:tasks) e JOIN reach r ON r.task_id = e.value JOIN citation c ON c.id = r.fact_id
JOIN named n ON n.title_key = c.title_key AND n.number_key = c.number_key JOIN document d ON d.id = n.document_id
ORDER BY r.task_id, c.start, c.id

-- query: task_units
-- Units that are named, and those whose nameplate stands behind a name.
SELECT u.id AS unit_id, u.name, u.region, a.role, a.task_id FROM json_each(:tasks) e
JOIN assignment a ON a.task_id = e.value JOIN unit u ON u.plan_id = a.plan_id AND u.id IN (a.unit_id, a.hat_id)
ORDER BY a.task_id, a.place, u.id = a.hat_id

-- query: task_places
SELECT t.id AS task_id, t.plan_id, p.title AS plan_title, p.year, p.region
FROM json_each(:tasks) e JOIN task t ON t.id = e.value JOIN plan_row p ON p.id = t.plan_id

-- query: held_units
SELECT unit_id AS "key", task_id FROM assignment
UNION
SELECT hat_id, task_id FROM assignment WHERE hat_id IS NOT NULL

-- query: held_documents
SELECT DISTINCT n.document_id AS "key", r.task_id FROM citation c JOIN reach r ON r.fact_id = c.id
JOIN named n ON n.title_key = c.title_key AND n.number_key = c.number_key

-- query: held_months
SELECT DISTINCT substr(d.due, 1, 7) AS "key", r.task_id FROM deadline d JOIN reach r ON r.fact_id = d.id
WHERE d.kind = 'by' AND d.due IS NOT NULL AND d.level <> 'item'

-- query: held_plans
SELECT plan_id AS "key", id AS task_id FROM task WHERE same_as IS NULL
