// The queries behind a selection (graph/query/select_types.py): which tasks a predicate means, and what they have.
// What tasks hold is asked of all of them; a task that names a unit by two names holds it once.

// query: tasks_all
MATCH (t:Part {part: 'task'}) WHERE t.same_as IS NULL AND <<seen t>>
MATCH (p:Part {id: t.plan_id}) WHERE <<seen p>>
OPTIONAL MATCH (d:Part)-[:REACHES]->(t) WHERE d.kind = 'by' AND d.level <> 'item' AND <<seen d>>
WITH t, p, min(d.due) AS due
RETURN t.id AS id, due AS due ORDER BY coalesce(p.issued_on, '') DESC, t.plan_id, t.place

// query: tasks_of_unit
UNWIND $units AS unit MATCH (:UnitAnchor {id: unit})-[a:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(t:Part)
WHERE <<seen t>> AND ($role IS NULL OR a.role = $role)
RETURN DISTINCT t.id AS id

// query: tasks_of_hat
UNWIND $units AS unit MATCH (:UnitAnchor {id: unit})-[h:AS_HAT]->(t:Part) WHERE <<seen t>>
MATCH (:UnitAnchor)-[a:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(t)
WHERE a.place = h.place AND ($role IS NULL OR a.role = $role)
RETURN DISTINCT t.id AS id

// query: tasks_of_person
MATCH (n:Part {part: 'person'}) WHERE n.name IN $names AND <<seen n>>
MATCH (n)-[:IN_CHARGE]->(t:Part)
RETURN DISTINCT t.id AS id

// query: tasks_citing
CALL () {
  MATCH (n:Name) WHERE n.document_id IN $documents AND <<seen n>>
  MATCH (c:Part {title_key: n.title_key})
  WHERE c.part = 'citation' AND c.number_key = n.number_key AND <<seen c>>
  RETURN c
  UNION
  MATCH (n:Name {number_key: ''}) WHERE n.document_id IN $documents AND <<seen n>>
  MATCH (i:Part {title_key: n.title_key}) WHERE i.part = 'inner' AND <<seen i>>
  MATCH (i)-[:INSIDE]->(c:Part)
  RETURN c
}
WITH DISTINCT c WHERE $role IS NULL OR c.role = $role
UNWIND c.reach AS task
RETURN DISTINCT task AS id

// query: tasks_due
MATCH (d:Part) WHERE d.due >= $start AND d.due <= $end AND d.kind = 'by' AND d.level IN $levels AND <<seen d>>
UNWIND d.reach AS task
RETURN task AS id, min(d.due) AS due

// query: tasks_due_in_year
MATCH (p:Part {part: 'plan'}) WHERE p.year IS NOT NULL AND <<seen p>>
MATCH (d:Part {plan_id: p.id})
WHERE d.kind = 'by' AND d.due >= toString(p.year) + '-' + $start AND d.due <= toString(p.year) + '-' + $end
  AND d.level IN $levels AND <<seen d>>
UNWIND d.reach AS task
RETURN task AS id, min(d.due) AS due

// query: tasks_due_again
MATCH (d:Part) WHERE d.kind IN ['count', 'recurring'] AND <<seen d>>
MATCH (p:Part {id: d.plan_id}) WHERE <<seen p>> AND p.recurs_from <> ''
UNWIND d.reach AS task
RETURN DISTINCT task AS id, d.every AS every, p.recurs_from AS recurs_from, p.recurs_to AS recurs_to

// query: tasks_again
MATCH (d:Part) WHERE d.kind IN ['count', 'recurring'] AND d.every IN $periods AND <<seen d>>
UNWIND d.reach AS task
RETURN DISTINCT task AS id

// part: held
OPTIONAL MATCH (m:Part {id: x.holder_id}) WHERE x.holder_kind = 'milestone' AND <<seen m>>
WITH x, CASE x.holder_kind WHEN 'task' THEN x.holder_id ELSE m.task_id END AS task WHERE task IS NOT NULL

// query: tasks_aiming
MATCH (x:Part {part: 'target'}) WHERE (x.subject CONTAINS $subject OR x.text CONTAINS $subject) AND <<seen x>>
  AND CASE $comparison WHEN '>=' THEN x.value >= $value WHEN '>' THEN x.value > $value
      WHEN '=' THEN x.value = $value WHEN '<=' THEN x.value <= $value WHEN '<' THEN x.value < $value ELSE true END
<<held>>
RETURN DISTINCT task AS id

// query: tasks_with_role
MATCH (:UnitAnchor)-[a:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(t:Part) WHERE <<seen t>> AND ($role IS NULL OR a.role = $role)
RETURN DISTINCT t.id AS id

// query: tasks_with_target
MATCH (x:Part {part: 'target'}) WHERE <<seen x>>
<<held>>
RETURN DISTINCT task AS id

// query: tasks_with_citation
MATCH (c:Part {part: 'citation'}) WHERE <<seen c>> UNWIND c.reach AS task
RETURN DISTINCT task AS id

// query: tasks_with_milestone
MATCH (m:Part {part: 'milestone'}) WHERE m.task_id IS NOT NULL AND <<seen m>>
RETURN DISTINCT m.task_id AS id

// query: tasks_with_person
MATCH (n:Part {part: 'person'}) WHERE <<seen n>>
MATCH (n)-[:IN_CHARGE]->(t:Part)
RETURN DISTINCT t.id AS id

// query: tasks_with_gap
MATCH (t:Part) WHERE t.gaps IS NOT NULL AND $code IN t.gaps AND <<seen t>>
RETURN t.id AS id

// query: tasks_in_section
UNWIND $sections AS section MATCH (s:Part {id: section}) WHERE <<seen s>>
MATCH (s)-[:CONTAINS*0..12]->(h:Part)-[:CONTAINS]->(t:Part {part: 'task'})
WHERE t.same_as IS NULL AND <<seen t>>
RETURN DISTINCT t.id AS id

// query: tasks_in_plan
UNWIND $plans AS plan MATCH (t:Part {plan_id: plan}) WHERE t.part = 'task' AND t.same_as IS NULL AND <<seen t>>
RETURN t.id AS id

// part: placed
MATCH (t:Part {plan_id: p.id}) WHERE t.part = 'task' AND t.same_as IS NULL AND <<seen t>>

// query: tasks_of_year
MATCH (p:Part {part: 'plan'}) WHERE p.year IN $years AND <<seen p>>
<<placed>>
RETURN t.id AS id

// query: tasks_of_region
MATCH (p:Part {part: 'plan'}) WHERE any(region IN $regions WHERE p.region STARTS WITH region) AND <<seen p>>
<<placed>>
RETURN t.id AS id

// query: task_rows
UNWIND $tasks AS id MATCH (t:Part {id: id}) WHERE <<seen t>>
MATCH (p:Part {id: t.plan_id}) WHERE <<seen p>>
RETURN t.id AS id, t.plan_id AS plan_id, p.title AS plan_title, p.issued_on AS issued_on, p.year AS year,
       p.region AS region, t.section_id AS section_id, t.section AS section, t.place AS place, t.text AS text,
       t.start AS start, t.end AS end, t.deadline AS deadline

// query: task_days
UNWIND $tasks AS id MATCH (t:Part {id: id}) WHERE <<seen t>>
MATCH (d:Part)-[:REACHES]->(t) WHERE <<seen d>>
RETURN t.id AS task_id, d.id AS deadline_id, d.text AS text, d.kind AS kind, d.due AS due, d.every AS every,
       d.min_count AS min_count, d.precision AS precision, d.level AS level,
       CASE WHEN d.milestone_id IS NULL THEN '' ELSE d.clause END AS clause, d.start AS start, d.end AS end
ORDER BY task_id, start, deadline_id

// query: task_aims
UNWIND $tasks AS id MATCH (t:Part {id: id}) WHERE <<seen t>>
CALL (t) {
  MATCH (t)-[:AIMS_AT]->(x:Part) RETURN x
  UNION
  MATCH (m:Part)-[:ABOUT]->(t) MATCH (m)-[:AIMS_AT]->(x:Part) RETURN x
}
RETURN t.id AS task_id, x.id AS target_id, x.subject AS subject, x.op AS op, x.value AS value, x.unit AS unit,
       x.text AS text, x.start AS start, x.end AS end
ORDER BY task_id, start, target_id

// query: task_bases
UNWIND $tasks AS id MATCH (t:Part {id: id}) WHERE <<seen t>>
MATCH (c:Part {plan_id: t.plan_id}) WHERE c.part = 'citation' AND t.id IN c.reach AND <<seen c>>
MATCH (n:Name {title_key: c.title_key}) WHERE n.number_key = c.number_key AND <<seen n>>
MATCH (d:Identity {id: n.document_id}) WHERE <<seen d>>
RETURN t.id AS task_id, c.id AS citation_id, d.id AS document_id, d.title AS name, c.title AS title,
       c.number AS number, c.role AS role
ORDER BY task_id, c.start, citation_id

// query: task_units
UNWIND $tasks AS id MATCH (t:Part {id: id}) WHERE <<seen t>>
CALL (t) {
  MATCH (u:UnitAnchor)-[a:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(t) RETURN u, a.role AS role, a.place AS place, 0 AS hat
  UNION
  MATCH (u:UnitAnchor)-[h:AS_HAT]->(t)<-[a:LEADS|SUPPORTS|RESPONSIBLE_FOR]-(:UnitAnchor) WHERE a.place = h.place
  RETURN u, a.role AS role, a.place AS place, 1 AS hat
}
MATCH (u)-[n:NAMED_IN]->(p:Part {id: t.plan_id}) WHERE <<seen p>>
RETURN u.id AS unit_id, n.name AS name, n.region AS region, role AS role, t.id AS task_id
ORDER BY task_id, place, hat

// query: task_places
UNWIND $tasks AS id MATCH (t:Part {id: id}) WHERE <<seen t>>
MATCH (p:Part {id: t.plan_id}) WHERE <<seen p>>
RETURN t.id AS task_id, t.plan_id AS plan_id, p.title AS plan_title, p.year AS year, p.region AS region

// query: held_units
MATCH (u:UnitAnchor)-[:LEADS|SUPPORTS|RESPONSIBLE_FOR|AS_HAT]->(t:Part) WHERE <<seen t>>
RETURN DISTINCT u.id AS key, t.id AS task_id

// query: held_documents
MATCH (c:Part {part: 'citation'}) WHERE <<seen c>>
MATCH (n:Name {title_key: c.title_key}) WHERE n.number_key = c.number_key AND <<seen n>>
UNWIND c.reach AS task
RETURN DISTINCT n.document_id AS key, task AS task_id

// query: held_months
MATCH (d:Part) WHERE d.kind = 'by' AND d.due IS NOT NULL AND d.level <> 'item' AND <<seen d>>
UNWIND d.reach AS task
WITH DISTINCT substring(d.due, 0, 7) AS month, task
RETURN month AS key, task AS task_id

// query: held_plans
MATCH (t:Part {part: 'task'}) WHERE t.same_as IS NULL AND <<seen t>>
RETURN t.plan_id AS key, t.id AS task_id
