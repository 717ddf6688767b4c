use std::collections::BTreeSet;
use std::path::Path;

/// The first text in quotes in `source`.
fn quoted(source: &str) -> Option<&str> {
    source.split('"').nth(1)
}

/// Every code that the sources make a problem of.
fn made() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(here.join("src")).unwrap().map(|file| file.unwrap().path());
    for file in files.filter(|file| file.extension().is_some_and(|kind| kind == "rs")) {
        let source = std::fs::read_to_string(file).unwrap();
        let makers = ["::new(StatusCode", "::new(\n", "::invalid(", "::not_found(", "::conflict("];
        for maker in makers {
            let calls = source.split(maker).skip(1).filter_map(quoted);
            let code = |text: &&str| {
                text.contains('-') && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
            };
            codes.extend(calls.filter(code).map(str::to_owned));
        }
    }
    // Why an address is refused, or a delivery fails.
    let outgoing = std::fs::read_to_string(here.join("../outgoing/src/errors.rs")).unwrap();
    let deliver = std::fs::read_to_string(here.join("../workflow/src/deliver.rs")).unwrap();
    for (source, maker) in
        [(&outgoing, "=> \""), (&deliver, "=> \""), (&deliver, "failed(claimed, None, \"")]
    {
        let arms = source.split(maker).skip(1).filter_map(|rest| rest.split('"').next());
        codes.extend(arms.map(str::to_owned));
    }
    codes
}

#[test]
fn every_code_stands_in_the_reference_and_no_other() {
    let page = include_str!("../../../../docs/reference/problems.md");
    // The first column of the tables, and the last section.
    let (tables, deliveries) = page.split_once("## A delivery's `problem`").unwrap();
    let rows = tables.lines().filter(|line| line.starts_with("| `"));
    let columns = rows.filter_map(|row| row.split('|').nth(1)).chain([deliveries]);
    let names = columns.flat_map(|text| text.split('`').skip(1).step_by(2));
    let listed: BTreeSet<String> = names.map(str::to_owned).collect();
    let made = made();
    let missing: Vec<_> = made.difference(&listed).collect();
    assert!(missing.is_empty(), "docs/reference/problems.md lacks {missing:?}");
    // Codes of one word cannot be told from other texts.
    let gone: Vec<_> = listed.difference(&made).filter(|code| code.contains('-')).collect();
    assert!(gone.is_empty(), "docs/reference/problems.md lists {gone:?}, which nothing makes");
}
