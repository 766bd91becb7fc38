// The queries behind the questions (graph/query/row_types.py), each under its name; columns are called as the fields of
// its row. graph/query/texts.py says what the lines `query` and `part` mean.
// <<seen x>> is the condition that x holds in the generation asked for; (x:Part<<of_plan>>) is a part of the plan asked
// for where there is one, so that its index finds it.

// query: plan_known
MATCH (e:Entry {id: $id}) WHERE <<seen e>> RETURN e.id AS id

// query: was_removed
MATCH (r:Removed {id: $id}) WHERE <<seen r>> RETURN r.id AS id

// query: plans
MATCH (p:Part {part: 'plan'}) WHERE <<seen p>>
MATCH (e:Entry {id: p.id}) WHERE <<seen e>>
RETURN p.id AS id, p.title AS title, p.number AS document_number, p.issuer AS issuer, p.issued_on AS issued_on,
       p.year AS year, p.region AS region, p.sections AS sections, p.tasks AS tasks, p.milestones AS milestones,
       p.doubts AS doubts, p.consumed AS consumed, p.total AS total, e.version AS version, e.generation AS generation
ORDER BY coalesce(p.issued_on, '') DESC, p.id

// part: counted
WHERE <<seen p>>
WITH u, substring(min(right('00' + toString(size(n.name)), 3) + n.name), 3) AS name, min(n.kind) AS kind,
     max(n.level) AS level, min(n.region) AS region, collect(n.names) AS names, count(p) AS plans
CALL (u) {
  MATCH (u)-[:LEADS]->(t:Part<<of_plan>>) WHERE <<seen t>>
  RETURN count(DISTINCT t) AS lead
}
CALL (u) {
  MATCH (u)-[:SUPPORTS]->(t:Part<<of_plan>>) WHERE <<seen t>>
  RETURN count(DISTINCT t) AS support
}
CALL (u) {
  MATCH (u)-[:RESPONSIBLE_FOR]->(t:Part<<of_plan>>) WHERE <<seen t>>
  RETURN count(DISTINCT t) AS responsible
}
CALL (u) {
  MATCH (u)-[:AS_HAT]->(t:Part<<of_plan>>) WHERE <<seen t>>
  RETURN count(DISTINCT t) AS as_hat
}
RETURN u.id AS id, name, kind, level, region, names, lead, support, responsible, as_hat, plans

// query: units
MATCH (u:UnitAnchor)-[n:NAMED_IN]->(p:Part)
<<counted>>

// query: units given unit
MATCH (u:UnitAnchor {id: $unit})-[n:NAMED_IN]->(p:Part)
<<counted>>

// query: units given plan
MATCH (p:Part {id: $plan})<-[n:NAMED_IN]-(u:UnitAnchor)
<<counted>>

// query: named
MATCH (u:UnitAnchor {id: $unit})-[n:NAMED_IN]->(p:Part) WHERE <<seen p>>
RETURN u.id AS id, n.name AS name, n.kind AS kind, n.region AS region ORDER BY p.id LIMIT 1

// part: duties_asked
WHERE <<seen t>> AND ($role IS NULL OR a.role = $role)
  AND ($deadline IS NULL OR t.deadline = $deadline)
  AND ($unless IS NULL OR NOT EXISTS { (t)<-[:LEADS|SUPPORTS|RESPONSIBLE_FOR]-(:UnitAnchor {id: $unless}) })
MATCH (p:Part {id: t.plan_id}) WHERE <<seen p>>
RETURN u.id AS unit_id, a.name AS unit, t.id AS task_id, t.plan_id AS plan_id, p.title AS plan_title,
       p.issued_on AS issued_on, t.section AS section, t.text AS text, a.role AS role, a.stated AS stated,
       a.mention AS mention, a.rule AS rule, t.start AS start, t.end AS end, a.statement_start AS statement_start,
       a.statement_end AS statement_end, t.deadline AS deadline
ORDER BY coalesce(p.issued_on, '') DESC, t.plan_id, t.place, a.place

// query: duties
MATCH (u:UnitAnchor {id: $unit})-[a:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(t:Part<<of_plan>>)
<<duties_asked>>

// query: duties given hat
MATCH (:UnitAnchor {id: $hat})-[h:AS_HAT]->(t:Part<<of_plan>>)
MATCH (u:UnitAnchor)-[a:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(t) WHERE a.place = h.place
WITH u, a, t
<<duties_asked>>

// query: collectives
MATCH (u:UnitAnchor {region: $region})-[n:NAMED_IN {kind: 'collective'}]->(p:Part) WHERE <<seen p>>
RETURN DISTINCT u.id AS id, n.name AS name ORDER BY id, name

// part: cited
WHERE <<seen d>>
MATCH (n:Name {document_id: d.id}) WHERE <<seen n>>
OPTIONAL MATCH (c:Part {title_key: n.title_key})
WHERE c.part = 'citation' AND c.number_key = n.number_key AND <<seen c>>
WITH d, collect(DISTINCT c.title) AS titles, count(c) AS citations, count(DISTINCT c.plan_id) AS plans
RETURN d.id AS id, d.title AS title, d.number AS number, d.plan_id AS plan_id, titles, citations, plans
ORDER BY citations DESC, id

// query: documents
MATCH (d:Identity)
<<cited>>

// query: documents given id
MATCH (d:Identity {id: $id})
<<cited>>

// query: redirect
MATCH (r:Redirect {id: $id}) WHERE <<seen r>> RETURN r.document_id AS document_id

// query: citing
CALL () {
  MATCH (n:Name {document_id: $document}) WHERE <<seen n>>
  MATCH (c:Part {title_key: n.title_key})
  WHERE c.part = 'citation' AND c.number_key = n.number_key AND <<seen c>>
  RETURN c, 0 AS inside
  UNION
  MATCH (n:Name {document_id: $document, number_key: ''}) WHERE <<seen n>>
  MATCH (i:Part {title_key: n.title_key}) WHERE i.part = 'inner' AND <<seen i>>
  MATCH (i)-[:INSIDE]->(c:Part)
  RETURN c, 1 AS inside
}
WITH c, min(inside) AS inside
MATCH (o:Name {title_key: c.title_key}) WHERE o.number_key = c.number_key AND <<seen o>>
MATCH (p:Part {id: c.plan_id}) WHERE <<seen p>>
RETURN c.id AS citation_id, CASE inside WHEN 1 THEN o.document_id END AS through, c.title AS title,
       c.number AS number, c.role AS role, c.articles AS articles, c.plan_id AS plan_id, p.title AS plan_title,
       c.holder AS holder, c.holder_id AS holder_id, c.section AS section, c.sentence AS sentence, c.start AS start,
       c.end AS end
ORDER BY coalesce(p.issued_on, '') DESC, c.plan_id, c.start

// part: by_day
d.due >= $start AND d.due <= $end AND d.kind = 'by' AND <<seen d>>
RETURN DISTINCT d.id AS deadline_id, d.due AS due, d.plan_id AS plan_id, d.start AS start, d.end AS end

// part: again
d.kind IN ['count', 'recurring'] AND <<seen d>>
MATCH (p:Part {id: d.plan_id}) WHERE <<seen p>> AND p.recurs_from <= $end AND p.recurs_to >= $start
RETURN DISTINCT d.id AS deadline_id, d.every AS every, d.plan_id AS plan_id, d.start AS start, d.end AS end,
       p.recurs_from AS recurs_from, p.recurs_to AS recurs_to

// query: due_by_day
MATCH (d:Part<<of_plan>>) WHERE
<<by_day>>

// query: due_again
MATCH (d:Part<<of_plan>>) WHERE
<<again>>

// query: due
UNWIND $facts AS fact MATCH (d:Part {id: fact}) WHERE <<seen d>>
MATCH (p:Part {id: d.plan_id}) WHERE <<seen p>>
RETURN d.id AS deadline_id, d.level AS level, d.text AS text, d.kind AS kind, d.every AS every,
       d.min_count AS min_count, d.precision AS precision, d.start AS start, d.end AS end, d.plan_id AS plan_id,
       p.title AS plan_title, d.section_id AS section_id, d.section AS section, d.clause AS clause,
       d.milestone_id AS milestone_id

// query: reached
UNWIND $facts AS fact MATCH (d:Part {id: fact}) WHERE <<seen d>> UNWIND d.reach AS task
RETURN fact AS fact_id, task AS task_id

// query: parties
UNWIND $tasks AS id
MATCH (t:Part {id: id}) WHERE <<seen t>>
MATCH (t)<-[a:LEADS|SUPPORTS|RESPONSIBLE_FOR]-(u:UnitAnchor)
RETURN t.id AS task_id, u.id AS unit_id, a.name AS name, a.role AS role, a.stated AS stated ORDER BY t.id, a.place

// query: gaps
MATCH (t:Part<<of_plan>>) WHERE t.gaps IS NOT NULL AND <<seen t>>
UNWIND t.gaps AS code
WITH t, code WHERE $code IS NULL OR code = $code
MATCH (p:Part {id: t.plan_id}) WHERE <<seen p>>
RETURN code, t.id AS task_id, t.plan_id AS plan_id, p.title AS plan_title, t.section AS section, t.text AS text
ORDER BY coalesce(p.issued_on, '') DESC, t.plan_id, t.place, code

// query: gap_counts
MATCH (t:Part<<of_plan>>) WHERE t.gaps IS NOT NULL AND <<seen t>> UNWIND t.gaps AS code
RETURN code, count(*) AS tasks

// query: doubts
MATCH (x:Part<<of_plan>>) WHERE x.part = 'doubt' AND <<seen x>>
RETURN x.id AS id, x.plan_id AS plan_id, x.code AS code, x.params AS params, x.start AS start, x.end AS end
ORDER BY x.plan_id, x.start, x.code, x.params, x.id

// query: clashes
MATCH (c:Clash) WHERE <<seen c>>
RETURN c.number AS number, c.title AS title, c.other AS other ORDER BY c.number, c.title, c.other

// query: unit_counts
MATCH (u:UnitAnchor)-[n:NAMED_IN]->(p:Part) WHERE n.counts IS NOT NULL AND <<seen p>>
UNWIND n.counts AS said
WITH u, p, split(said, '|') AS c
WITH u.id AS unit_id, c[0] AS role, toInteger(c[2]) AS tasks,
     CASE $by WHEN 'plan' THEN p.id WHEN 'region' THEN p.region WHEN 'month' THEN c[1]
     ELSE coalesce(toString(p.year), '') END AS key
RETURN unit_id, key, sum(CASE role WHEN 'lead' THEN tasks ELSE 0 END) AS lead,
       sum(CASE role WHEN 'responsible' THEN tasks ELSE 0 END) AS responsible,
       sum(CASE role WHEN 'support' THEN tasks ELSE 0 END) AS support
ORDER BY unit_id, key

// query: pair_counts
MATCH (u:UnitAnchor)-[n:NAMED_IN]->(p:Part<<of_plan>>) WHERE n.pairs IS NOT NULL AND <<seen p>>
UNWIND n.pairs AS said
WITH u.id AS one, split(said, '|') AS c
RETURN one, c[3] AS other, sum(toInteger(c[0])) AS tasks, sum(toInteger(c[1])) AS leads, sum(toInteger(c[2])) AS led
ORDER BY one, other
