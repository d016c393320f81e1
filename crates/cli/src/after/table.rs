//! What undoes each command, or why it stays, and what mostly comes next. `{key}` is the record it was done to, other
//! blanks are those of its path, its period and what it answers; words in capitals are for the person to fill in. What
//! cannot be undone, or need not be, is a sentence: it begins with a capital and is told without the word “Undo”. An
//! edit is undone by what the record was before, and stands here only where something else is to be told.

/// Command, what undoes it, what comes next.
type After = (&'static str, Option<&'static str>, Option<&'static str>);

/// All of them, by name.
pub(super) const AFTER: &[After] = &[
    (
        "account add",
        Some("An account stays; its name and class can be changed: quarterdeck account edit {key}"),
        None,
    ),
    (
        "agreement add",
        Some("quarterdeck agreement end {key} --to-day DAY"),
        Some("quarterdeck agreement show {key}"),
    ),
    ("agreement change", Some("quarterdeck agreement change {key} --quantity BEFORE --from-day DAY"), None),
    (
        "agreement end",
        Some("another last day, as long as no closed month changes: quarterdeck agreement end {key}"),
        None,
    ),
    (
        "allocate run",
        Some("mend what was wrong and run again: a run replaces the one before"),
        Some("quarterdeck period check {key}"),
    ),
    ("batch revert", Some("import the file again"), None),
    ("batch settle", Some("import the lines, mended"), None),
    ("bill import", Some("quarterdeck bill revert {key} --reason WHY"), Some("quarterdeck bill show {key}")),
    ("bill revert", Some("import the bill again"), None),
    (
        "budget add",
        Some("A budget counts for nothing before it is approved."),
        Some("quarterdeck budget submit {key}"),
    ),
    ("budget approve", Some("What is approved stays; begin a version: quarterdeck budget add"), None),
    (
        "budget submit",
        Some("It counts for nothing before somebody else approves it."),
        Some("quarterdeck budget approve {key}"),
    ),
    (
        "close except",
        Some("say it again with another amount or reason"),
        Some("quarterdeck close show {period}"),
    ),
    (
        "close no-detail",
        Some("A bill that is imported for the month takes its place."),
        Some("quarterdeck close show {period}"),
    ),
    ("close-policy set", Some("set it again"), None),
    ("contact add", Some("A contact stays; it can be changed: quarterdeck contact edit {key}"), None),
    (
        "cost-centre add",
        Some("A cost centre stays; it can be changed: quarterdeck cost-centre edit {key}"),
        None,
    ),
    (
        "customer add",
        Some("A customer stays; it can be changed: quarterdeck customer edit {key}"),
        Some(
            "quarterdeck agreement add --customer {key} --offering OFFERING --quantity QUANTITY --from-day DAY",
        ),
    ),
    (
        "driver add",
        Some("A driver stays; it can be changed: quarterdeck driver edit {key}"),
        Some("quarterdeck import drivers FILE"),
    ),
    ("expired clear", Some("What had expired is gone."), None),
    ("grant add", Some("quarterdeck grant end {key}"), None),
    ("grant confirm", Some("quarterdeck grant end {key}"), None),
    ("grant end", Some("give the role again: quarterdeck grant add"), None),
    ("import check", Some("Nothing is written yet."), Some("quarterdeck import write {key}")),
    (
        "import configure",
        Some("configure it again; nothing is written yet"),
        Some("quarterdeck import check {key}"),
    ),
    ("import run", Some("quarterdeck batch revert {key} --reason WHY"), None),
    ("import upload", Some("Nothing is written yet."), Some("quarterdeck import check {key}")),
    (
        "import write",
        Some("quarterdeck batch revert {key} --reason WHY"),
        Some("quarterdeck batch show {key}"),
    ),
    ("job cancel", Some("ask for it again"), None),
    (
        "mapping add",
        Some("A rule maps nothing before it is approved."),
        Some("quarterdeck mapping submit {key}"),
    ),
    (
        "mapping approve",
        Some("quarterdeck mapping revise {key} --effective-from PERIOD"),
        Some("quarterdeck mapping run --period PERIOD"),
    ),
    (
        "mapping revise",
        Some("A version maps nothing before it is approved."),
        Some("quarterdeck mapping submit {key}"),
    ),
    ("mapping run", Some("mend the rules and map again"), Some("quarterdeck coverage show --period {key}")),
    (
        "mapping submit",
        Some("It maps nothing before somebody else approves it."),
        Some("quarterdeck mapping approve {key}"),
    ),
    ("object add", Some("A cost object stays; it can be changed: quarterdeck object edit {key}"), None),
    (
        "offering add",
        Some("An offering stays; it can be changed: quarterdeck offering edit {key}"),
        Some("quarterdeck offering show {key}"),
    ),
    ("order withdraw", Some("order again: quarterdeck order add"), None),
    ("organisation set", Some("set it again"), None),
    ("order add", Some("Nothing is agreed before it is confirmed."), Some("quarterdeck order confirm {key}")),
    (
        "order confirm",
        Some("end the agreement it became: quarterdeck agreement end"),
        Some("quarterdeck order show {key}"),
    ),
    ("order refuse", Some("order again: quarterdeck order add"), None),
    (
        "period close",
        Some("while no statement is issued: quarterdeck period reopen {key} --reason WHY"),
        Some("quarterdeck statement issue --period {key}"),
    ),
    ("period finish", Some("A closed month stays; corrections are new lines in the open one."), None),
    (
        "period open",
        Some("An open period stays open until it is closed."),
        Some("quarterdeck import gl FILE --period {key}"),
    ),
    (
        "period reopen",
        Some("close it again: quarterdeck period close {key}"),
        Some("quarterdeck close show {key}"),
    ),
    (
        "period review",
        Some("Lines and rules can still be mended; sign when all is right."),
        Some("quarterdeck close show {key}"),
    ),
    (
        "period sign",
        Some("A signature is void as soon as what was signed changes."),
        Some("quarterdeck period close {key}"),
    ),
    (
        "pool add",
        Some("A pool stays; it can be changed: quarterdeck pool edit {key}"),
        Some("quarterdeck mapping add --account ACCOUNT --pool {key} --effective-from PERIOD"),
    ),
    ("price approve", Some("draft another from a later day: quarterdeck price draft OFFERING"), None),
    (
        "price draft",
        Some("A draft charges nobody; it can be changed: quarterdeck price edit {key}"),
        Some("quarterdeck price submit {key}"),
    ),
    ("price edit", None, Some("quarterdeck price submit {key}")),
    ("price return", Some("quarterdeck price submit {key}"), None),
    (
        "price submit",
        Some("quarterdeck price return {key} --why WHY"),
        Some("quarterdeck price approve {key}"),
    ),
    ("profile add", Some("save it again under the same name"), Some("quarterdeck profile show {key}")),
    (
        "promise add",
        Some("quarterdeck promise withdraw {key} --why WHY"),
        Some("quarterdeck promise show {key}"),
    ),
    ("promise measure", Some("enter it again for the same day"), Some("quarterdeck promise show {key}")),
    ("promise withdraw", Some("add it again: quarterdeck promise add"), None),
    (
        "reconciliation stand",
        Some("revert the batch the line came in: quarterdeck batch revert BATCH"),
        Some("quarterdeck reconciliation show {period} {supplier}"),
    ),
    ("reconciliation edit", None, Some("quarterdeck reconciliation show {period} {supplier}")),
    ("rule add", Some("A rule shares nothing before it is approved."), Some("quarterdeck rule submit {key}")),
    (
        "rule approve",
        Some("write the next version: quarterdeck rule revise {key}"),
        Some("quarterdeck allocate run --period PERIOD"),
    ),
    (
        "rule revise",
        Some("A version shares nothing before it is approved."),
        Some("quarterdeck rule submit {key}"),
    ),
    (
        "rule submit",
        Some("It shares nothing before somebody else approves it."),
        Some("quarterdeck rule approve {key}"),
    ),
    ("service edit", None, Some("quarterdeck service show {key}")),
    ("service relate", Some("quarterdeck service unrelate {relation}"), None),
    (
        "service take-over",
        Some("A service stays; it can be changed: quarterdeck service edit {key}"),
        Some("quarterdeck service show {key}"),
    ),
    ("service unrelate", Some("relate them again: quarterdeck service relate"), None),
    ("sharing approve", Some("state it anew: quarterdeck sharing set"), None),
    (
        "sharing set",
        Some("It shares nothing before somebody else approves it."),
        Some("quarterdeck sharing approve {key}"),
    ),
    ("statement accept", Some("What is accepted stays; corrections are lines of a later month."), None),
    (
        "statement draft",
        Some("Drafts are replaced by drafting again."),
        Some("quarterdeck statement list --filter state=draft"),
    ),
    (
        "statement issue",
        Some("What is issued stays; corrections are lines of a later month."),
        Some("quarterdeck statement list --filter state=issued"),
    ),
    ("statement lapse", Some("What is accepted stays; corrections are lines of a later month."), None),
    ("target remove", Some("set it again: quarterdeck target set {key}"), None),
    ("target set", Some("quarterdeck target remove {key} --measure MEASURE"), None),
    ("token add", Some("quarterdeck token revoke {key}"), None),
    ("token revoke", Some("make another: quarterdeck token add"), None),
    (
        "user add",
        Some("quarterdeck user disable {key} --why WHY"),
        Some("quarterdeck grant add --username {key} --role ROLE --scope SCOPE"),
    ),
    ("user disable", Some("Who is shut out stays out."), None),
    ("user reset", Some("The link before no longer opens; make another."), None),
    (
        "variance confirm",
        Some("Another explanation has to be confirmed again."),
        Some("quarterdeck close show {period}"),
    ),
    ("variance explain", Some("explain it again"), Some("quarterdeck variance confirm {period} {pool}")),
];
