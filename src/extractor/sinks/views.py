"""Views that answer the usual questions, in the SQL that all databases share."""

from collections.abc import Callable


def views(labels: Callable[[str, str], str]) -> dict[str, str]:
    """The query of each view by its name.

    `labels` is the one thing that databases say differently: from a table of parties and a condition on it (alias `o`),
    the expression of their codes, or names where they have none, in order and joined by commas.
    """
    figure_parties = labels("figure_parties", "o.figure_id = f.id")
    others = labels("agreement_parties", "o.agreement_id = g.id AND o.position <> p.position")
    return {
        "v_figures": f"""
        SELECT f.id, f.low, f.high, f.approx, f.unit, f.kind, f.measure, f.change, f.status,
               f.period_value AS period, f.period_first, f.period_last, {figure_parties} AS parties,
               f.attributed_to_name AS attributed_to, e.name AS event_name, f.sentence_text AS sentence,
               a.title, a.published_value AS published, f.article_id
          FROM figures f JOIN articles a ON a.id = f.article_id LEFT JOIN events e ON e.id = f.event""",
        "v_timeline": """
        SELECT e.date_first AS first, e.date_last AS last, 'event' AS record, e.type, e.status,
               coalesce(e.name, m.span_text) AS name, e.place_name AS place, e.sentence_text AS sentence,
               e.id, e.article_id
          FROM events e JOIN event_mentions m ON m.event_id = e.id AND m.position = 0
        UNION ALL
        SELECT g.date_first, g.date_last, 'agreement', g.kind, g.status,
               coalesce(g.name, m.span_text), g.place_name, g.sentence_text, g.id, g.article_id
          FROM agreements g JOIN agreement_mentions m ON m.agreement_id = g.id AND m.position = 0
         ORDER BY 1, 9""",
        "v_agreements_by_party": f"""
        SELECT coalesce(p.code, p.name) AS party, p.name AS party_name, p.kind AS party_kind,
               coalesce(g.name, m.span_text) AS name, g.kind, g.status, g.low, g.high, g.date_value AS date,
               {others} AS others, f.low AS value, f.unit AS currency, g.id, g.article_id
          FROM agreement_parties p
          JOIN agreements g ON g.id = p.agreement_id
          JOIN agreement_mentions m ON m.agreement_id = g.id AND m.position = 0
          LEFT JOIN figures f ON f.id = g.value""",
    }
