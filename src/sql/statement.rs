//! The statement, part by part: rows as they are read, images, images as the filter and the charge model see them, and
//! what is asked of these.
//!
//! Every part names its columns otherwise than those before it, since in some engines the name of a result stands for it
//! within the same select.

use super::Statement;
use super::dialect::Dialect;
use super::options::{Question, ScanTime, SqlOptions};
use super::writer::{Writer, joined};
use crate::error::{Error, ErrorKind};
use crate::estimate::CountBy;
use crate::field::Field;
use crate::filter::Filter;

/// More parameters no engine takes in one statement that numbers them by 16 bits.
const MAX_PARAMETERS_OF_POSTGRESQL: usize = 65_535;

/// What each field is called within a statement.
fn column(field: Field) -> &'static str {
    match field {
        Field::RegistryType => "i_registry_type",
        Field::RegionId => "i_region_id",
        Field::InstanceId => "i_instance_id",
        Field::RepoNamespace => "i_repo_namespace",
        Field::RepoId => "i_repo_id",
        Field::RepoName => "i_repo_name",
        Field::Digest => "i_digest",
        Field::Tag => "i_tag",
    }
}

fn columns() -> String {
    joined(&Field::ALL.map(column), ", ")
}

/// Writes the statement that answers a question about the images that a filter covers.
///
/// # Errors
///
/// A name that the engine has no way to write, or more values than it takes as parameters.
pub fn to_sql(filter: &Filter, options: &SqlOptions) -> Result<Statement, Error> {
    let mut writer = Writer::new(options);
    read_rows(&mut writer)?;
    find_images(&mut writer);
    mark_images(&mut writer, filter);
    match options.question {
        Question::Estimate => {
            sum_keys(&mut writer, "");
            let parts = ["images", "quota", "duplicates", "charged", "unknown_digest", "not_scannable"];
            totals(&mut writer, &parts.map(|part| (part, part)));
        }
        Question::Explain => {
            sum_keys(&mut writer, "");
            totals(
                &mut writer,
                &[
                    ("charged_now", "quota_with_digest"),
                    ("same_digest", "duplicates"),
                    ("already_charged", "charged"),
                    ("unknown_digest", "unknown_digest"),
                    ("not_scannable", "not_scannable"),
                ],
            );
        }
        Question::Facets(_, limit) => {
            sum_keys(&mut writer, "i_value, ");
            facets(&mut writer, limit);
        }
        Question::ChargedDigests => charged_digests(&mut writer),
    }
    if options.dialect == Dialect::PostgreSql && writer.parameters.len() > MAX_PARAMETERS_OF_POSTGRESQL {
        let message = format!(
            "PostgreSQL takes at most {MAX_PARAMETERS_OF_POSTGRESQL} parameters, and the filter has {} values; ask without `parameters`",
            writer.parameters.len()
        );
        return Err(Error::new(ErrorKind::TooManyValues, message).with_field("parameters"));
    }
    Ok(Statement { text: writer.text, parameters: writer.parameters })
}

/// The table's rows, each text without blanks around it, nothing in the place of an empty one, digests in their one form.
fn read_rows(writer: &mut Writer<'_>) -> Result<(), Error> {
    let SqlOptions { dialect, columns: names, table, clean, scan_time, .. } = writer.options;
    let name = |name: Option<&String>, what: &str| match name {
        Some(name) => Ok(Some(format!("source.{}", dialect.name(name, what)?))),
        None => Ok(None),
    };
    let mut lines = vec!["SELECT".to_owned()];
    for field in Field::ALL {
        let written = name(names.of(field), &format!("columns.{}", field.js_column_name()))?;
        let given = match written {
            // A text, so that the column has a type.
            None => "NULLIF('', '')".to_owned(),
            Some(column) if *clean => column,
            Some(column) => format!("NULLIF({}, '')", dialect.trimmed(&column)),
        };
        let called = if field == Field::Digest && !clean { "r_digest" } else { column(field) };
        lines.push(format!("  {given} AS {called},"));
    }
    let charged = name(names.charged.as_ref(), "columns.charged")?;
    let scannable = name(names.scannable.as_ref(), "columns.scannable")?;
    let time = name(names.last_scan_time.as_ref(), "columns.lastScanTime")?.map(|time| match scan_time {
        ScanTime::Milliseconds => format!("NULLIF({time}, 0)"),
        ScanTime::Timestamp => dialect.milliseconds(&time),
    });
    // A row that says it is not charged outweighs its own scan time.
    let time = match (time, &charged) {
        (Some(time), Some(charged)) => format!("CASE WHEN NOT {charged} THEN NULL ELSE {time} END"),
        (Some(time), None) => time,
        (None, _) => "NULLIF(0, 0)".to_owned(),
    };
    let flag = |column: Option<String>, not: &str| {
        column.map_or("0".to_owned(), |column| format!("CASE WHEN {not}{column} THEN 1 ELSE 0 END"))
    };
    lines.push(format!("  {} AS r_charged,", flag(charged, "")));
    lines.push(format!("  {time} AS r_scanned,"));
    lines.push(format!("  {} AS r_not_scannable", flag(scannable, "NOT ")));
    let table = table.iter().map(|part| dialect.name(part, "table")).collect::<Result<Vec<_>, _>>()?;
    let table = joined(&table, ".");
    lines.push(format!("FROM {table} source"));
    if *clean {
        writer.part("precheck_rows", &lines);
        return Ok(());
    }
    writer.part("precheck_read", &lines);

    let others: Vec<&str> = Field::ALL.into_iter().filter(|field| *field != Field::Digest).map(column).collect();
    let hex = "CASE WHEN lower(substr(r_digest, 1, 7)) = 'sha256:' THEN substr(r_digest, 8) ELSE r_digest END";
    writer.part(
        "precheck_hex",
        &[
            format!("SELECT {}, r_charged, r_scanned, r_not_scannable, r_digest,", joined(&others, ", ")),
            format!("  {hex} AS r_hex"),
            "FROM precheck_read".to_owned(),
            // A row that says of its digest that there is none says something.
            format!("WHERE COALESCE({}, r_digest) IS NOT NULL", joined(&others, ", ")),
        ],
    );
    writer.part(
        "precheck_rows",
        &[
            format!("SELECT {}, r_charged, r_scanned, r_not_scannable,", joined(&others, ", ")),
            format!("  CASE WHEN {} THEN lower(r_hex)", dialect.is_sha_256("r_hex")),
            "    WHEN r_hex = '' OR r_digest IN ('N/A', 'n/a', 'N/a', 'n/A') THEN NULL".to_owned(),
            format!("    ELSE r_digest END AS {}", column(Field::Digest)),
            "FROM precheck_hex".to_owned(),
        ],
    );
    Ok(())
}

/// Rows that are equal in all fields as one image: charged where any says so, scanned at the latest time.
fn find_images(writer: &mut Writer<'_>) {
    let columns = columns();
    let mut lines = vec![format!("SELECT {columns},")];
    let observed = ["charged", "scanned", "not_scannable"];
    let (function, end) = if writer.options.distinct { ("", "") } else { ("MAX(", ")") };
    let observed = observed.map(|what| format!("{function}r_{what}{end} AS i_{what}"));
    lines.push(format!("  {}", joined(&observed, ", ")));
    lines.push("FROM precheck_rows".to_owned());
    if writer.options.clean {
        lines.push(format!("WHERE COALESCE({columns}) IS NOT NULL"));
    }
    if !writer.options.distinct {
        lines.push(format!("GROUP BY {columns}"));
    }
    writer.part("precheck_images", &lines);
}

/// The columns that make the charge key.
fn key(options: &SqlOptions) -> String {
    let columns: Vec<&str> = options.charge_model.key().iter().map(|field| column(*field)).collect();
    joined(&columns, ", ")
}

/// Images as the filter and the charge model see them: covered or not, charged by themselves or not, and whether they
/// share a charge key at all.
fn mark_images(writer: &mut Writer<'_>, filter: &Filter) {
    let options = writer.options;
    let asked = match options.question {
        Question::Facets(field, _) => Some(field),
        _ => None,
    };
    let covered = covered(writer, filter, asked);
    let model = &options.charge_model;
    let scanned = model.cycle_start.filter(|_| model.charged_by.scan_time);
    let charged = match (model.charged_by.flag, scanned) {
        (true, Some(start)) => format!("i_charged = 1 OR i_scanned >= {start}"),
        (true, None) => "i_charged = 1".to_owned(),
        (false, Some(start)) => format!("i_scanned >= {start}"),
        (false, None) => "1 = 0".to_owned(),
    };
    let (alone, unknown) = match model.count_by {
        CountBy::Digest | CountBy::RepositoryDigest => ("i_digest IS NULL", "i_digest IS NULL"),
        CountBy::RepositoryTag => ("i_tag IS NULL", "i_tag IS NULL AND i_digest IS NULL"),
        CountBy::Image => ("1 = 1", "1 = 0"),
    };
    let mut lines = vec![format!("SELECT {},", columns())];
    if let Some(field) = asked {
        lines.push(format!("  {} AS i_value,", column(field)));
    }
    lines.push("  i_not_scannable AS m_not_scannable,".to_owned());
    lines.push(format!("  CASE WHEN {covered} THEN 1 ELSE 0 END AS m_covered,"));
    lines.push(format!("  CASE WHEN {charged} THEN 1 ELSE 0 END AS m_charged,"));
    lines.push(format!("  CASE WHEN {alone} THEN 1 ELSE 0 END AS m_alone,"));
    lines.push(format!("  CASE WHEN {unknown} THEN 1 ELSE 0 END AS m_unknown"));
    lines.push("FROM precheck_images".to_owned());
    writer.part("precheck_marked", &lines);
}

/// The condition under which an image is covered: one of the values in each field, but for the field that is asked about.
fn covered(writer: &mut Writer<'_>, filter: &Filter, but: Option<Field>) -> String {
    let mut conditions = Vec::new();
    for field in Field::ALL.into_iter().filter(|field| Some(*field) != but && filter.list(*field).is_some()) {
        let mut seen = std::collections::BTreeSet::new();
        let can_hold = |value: &&str| writer.options.dialect.can_hold(value);
        let wanted: Vec<&str> = filter.values(field).filter(can_hold).filter(|value| seen.insert(*value)).collect();
        let values: Vec<String> = wanted.into_iter().map(|value| writer.value(value)).collect();
        conditions.push(match values.as_slice() {
            [] => "1 = 0".to_owned(),
            values => format!("{} IN ({})", column(field), joined(values, ", ")),
        });
    }
    if conditions.is_empty() { "1 = 1".to_owned() } else { joined(&conditions, " AND ") }
}

/// Charge keys, each with how many covered images it has. `by` is what they are told apart by besides.
fn sum_keys(writer: &mut Writer<'_>, by: &str) {
    let key = key(writer.options);
    // Whether a key is charged is told by all of its images, whatever they are told apart by.
    let source = if by.is_empty() {
        "precheck_marked".to_owned()
    } else {
        mark_keys(writer);
        "precheck_keyed".to_owned()
    };
    let charged = if by.is_empty() { "m_charged" } else { "m_key_charged" };
    writer.part(
        "precheck_keys",
        &[
            format!("SELECT {by}m_alone AS k_alone, MAX({charged}) AS k_charged,"),
            "  SUM(m_covered * (1 - m_not_scannable)) AS k_images,".to_owned(),
            "  SUM(m_covered * (1 - m_not_scannable) * m_charged) AS k_images_charged,".to_owned(),
            "  SUM(m_covered * (1 - m_not_scannable) * (1 - m_charged) * m_unknown) AS k_unknown,".to_owned(),
            "  SUM(m_covered * m_not_scannable) AS k_not_scannable".to_owned(),
            format!("FROM {source}"),
            format!("GROUP BY {by}{key}, m_alone"),
        ],
    );
    writer.part(
        "precheck_sums",
        &[
            format!("SELECT {by}k_images AS s_images, k_unknown AS s_unknown, k_not_scannable AS s_not_scannable,"),
            "  CASE WHEN k_alone = 1 THEN k_images - k_images_charged".to_owned(),
            "    WHEN k_charged = 1 OR k_images = 0 THEN 0 ELSE 1 END AS s_quota,".to_owned(),
            "  CASE WHEN k_alone = 1 THEN k_images_charged".to_owned(),
            "    WHEN k_charged = 1 THEN k_images ELSE 0 END AS s_charged".to_owned(),
            "FROM precheck_keys".to_owned(),
        ],
    );
}

/// Images with whether any image of their charge key is charged, covered or not.
fn mark_keys(writer: &mut Writer<'_>) {
    let key = key(writer.options);
    writer.part(
        "precheck_keyed",
        &[
            "SELECT precheck_marked.*,".to_owned(),
            format!(
                "  CASE WHEN m_alone = 1 THEN m_charged ELSE MAX(m_charged) OVER (PARTITION BY {key}, m_alone) END"
            ),
            "    AS m_key_charged".to_owned(),
            "FROM precheck_marked".to_owned(),
        ],
    );
}

/// One row of sums: what each is called, and which it is.
fn totals(writer: &mut Writer<'_>, parts: &[(&str, &str)]) {
    let mut lines = vec!["SELECT".to_owned()];
    for (at, (called, part)) in parts.iter().enumerate() {
        let sum = match *part {
            "quota" => "s_quota",
            "quota_with_digest" => "s_quota - s_unknown",
            "duplicates" => "s_images - s_quota - s_charged",
            "charged" => "s_charged",
            "unknown_digest" => "s_unknown",
            "not_scannable" => "s_not_scannable",
            _ => "s_images",
        };
        let comma = if at + 1 < parts.len() { "," } else { "" };
        lines.push(format!("  CAST(COALESCE(SUM({sum}), 0) AS BIGINT) AS {called}{comma}"));
    }
    lines.push("FROM precheck_sums".to_owned());
    writer.answer(&lines);
}

/// The values with the most images, and the images without a value.
fn facets(writer: &mut Writer<'_>, limit: u32) {
    let in_order = format!("v_images DESC, {}", writer.options.dialect.by_bytes("i_value"));
    writer.part(
        "precheck_values",
        &[
            "SELECT i_value, SUM(s_images) AS v_images, SUM(s_quota) AS v_quota".to_owned(),
            "FROM precheck_sums".to_owned(),
            "GROUP BY i_value".to_owned(),
            "HAVING SUM(s_images) > 0".to_owned(),
        ],
    );
    let has_value = "CASE WHEN i_value IS NULL THEN 0 ELSE 1 END";
    writer.part(
        "precheck_ranked",
        &[
            "SELECT i_value, v_images, v_quota,".to_owned(),
            "  COUNT(i_value) OVER () AS v_total,".to_owned(),
            format!("  ROW_NUMBER() OVER (PARTITION BY {has_value} ORDER BY {in_order}) AS v_rank"),
            "FROM precheck_values".to_owned(),
        ],
    );
    writer.answer(&[
        "SELECT i_value AS value, CAST(v_images AS BIGINT) AS images, CAST(v_quota AS BIGINT) AS quota,".to_owned(),
        "  CAST(v_total AS BIGINT) AS total".to_owned(),
        "FROM precheck_ranked".to_owned(),
        format!("WHERE v_rank <= {limit}"),
        format!("ORDER BY {has_value}, v_rank"),
    ]);
}

fn charged_digests(writer: &mut Writer<'_>) {
    mark_keys(writer);
    let digest = column(Field::Digest);
    let in_order = writer.options.dialect.by_bytes(digest);
    writer.answer(&[
        format!("SELECT {digest} AS digest, COUNT(*) AS images"),
        "FROM precheck_keyed".to_owned(),
        format!("WHERE m_covered = 1 AND m_not_scannable = 0 AND m_key_charged = 1 AND {digest} IS NOT NULL"),
        format!("GROUP BY {digest}"),
        format!("ORDER BY {in_order}"),
    ]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(filter: &[(&str, &str)], options: &SqlOptions) -> Statement {
        to_sql(&Filter::from_pairs(filter.iter().copied()).unwrap(), options).unwrap()
    }

    #[test]
    fn values_stand_in_the_text_or_apart_from_it() {
        let filter = [("Tags", "a,b,a"), ("RepoNames", "it's")];
        let options = SqlOptions::new(Dialect::PostgreSql, "images");
        let literal = statement(&filter, &options);
        assert!(literal.text.contains("i_repo_name IN ('it''s') AND i_tag IN ('a', 'b')"), "{}", literal.text);
        assert!(literal.parameters.is_empty());
        let bound = statement(&filter, &options.with_parameters());
        assert!(bound.text.contains("i_repo_name IN ($1) AND i_tag IN ($2, $3)"), "{}", bound.text);
        assert_eq!(bound.parameters, ["it's", "a", "b"]);
    }

    #[test]
    fn what_an_engine_cannot_hold_matches_nothing() {
        let options = SqlOptions::new(Dialect::PostgreSql, "images");
        assert!(
            statement(&[("Tags", "a\0")], &options).text.contains("CASE WHEN 1 = 0 THEN 1 ELSE 0 END AS m_covered")
        );
    }

    #[test]
    fn more_parameters_than_an_engine_takes_are_refused() {
        let values: Vec<String> = (0..=MAX_PARAMETERS_OF_POSTGRESQL).map(|value| value.to_string()).collect();
        let filter = Filter::from_pairs([("Tags", values.join(",").as_str())]).unwrap();
        let options = SqlOptions::new(Dialect::PostgreSql, "images").with_parameters();
        assert_eq!(to_sql(&filter, &options).unwrap_err().kind(), ErrorKind::TooManyValues);
    }
}
