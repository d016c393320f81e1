//! Ledger lines as something that can be imported: `import gl`.

use access::Action;
use access::route::Outcome;
use imports::{FieldKind, FieldSpec, Hints, Known, Row, Target, Verdict};

use super::{again, kept, rules, write};

const fn field(
    key: &'static str,
    label: &'static str,
    kind: FieldKind,
    aliases: &'static [&'static str],
) -> FieldSpec {
    FieldSpec { key, label, aliases, required: false, kind }
}

/// Aliases are headings of real ledgers: SAP, Agresso, Oracle, French FEC, British open spending.
static FIELDS: &[FieldSpec] = &[
    field(
        "document",
        "Document",
        FieldKind::Text,
        &[
            "document no",
            "document number",
            "sap document number",
            "transaction number",
            "journal",
            "voucher",
            "pieceref",
            "belegnummer",
            "contract id",
        ],
    ),
    field(
        "document_line",
        "Line of the document",
        FieldKind::Text,
        &["line", "document line", "line no", "position", "#"],
    ),
    field(
        "posted_on",
        "Posting date",
        FieldKind::Day,
        &[
            "date",
            "posting date",
            "posted on",
            "clearing date",
            "date of payment",
            "payment date",
            "voucher date",
            "ecrituredate",
            "buchungsdatum",
        ],
    ),
    field("period", "Period", FieldKind::Period, &["fiscal period", "month", "posting period"]),
    FieldSpec {
        key: "account",
        label: "Account",
        aliases: &[
            "account code",
            "gl account",
            "g/l account",
            "comptenum",
            "konto",
            "cost element code",
            "accdesc",
            "g/l description",
            "expense type",
            "expenditure account code description",
        ],
        required: true,
        kind: FieldKind::Text,
    },
    field(
        "account_name",
        "Name of the account",
        FieldKind::Text,
        &["account name", "account description", "comptelib"],
    ),
    field(
        "cost_centre",
        "Cost centre",
        FieldKind::Text,
        &["cost center", "cost centre code", "kostenstelle", "expense area", "directorate", "directotate"],
    ),
    field("cost_element", "Cost element", FieldKind::Text, &["element", "cost type", "servdesc"]),
    field(
        "supplier",
        "Supplier",
        FieldKind::Text,
        &["supplier name", "vendor", "vendor name", "compauxlib", "apar_name", "lieferant", "creditor"],
    ),
    field(
        "description",
        "Text",
        FieldKind::Text,
        &["description", "narrative", "ecriturelib", "buchungstext"],
    ),
    field(
        "amount",
        "Amount (debit positive)",
        FieldKind::Money,
        &["amount", "invoice line value (net of vat)", "net", "net amount", "value", "betrag"],
    ),
    field("debit", "Debit", FieldKind::Money, &["debit amount", "soll"]),
    field("credit", "Credit", FieldKind::Money, &["credit amount", "haben"]),
    field(
        "currency",
        "Currency",
        FieldKind::Currency,
        &["currency code", "original currency", "idevise", "waehrung"],
    ),
    field(
        "reporting_amount",
        "Amount in reporting currency",
        FieldKind::Decimal,
        &["amount in local currency", "amount in eur", "local amount", "reporting amount"],
    ),
    field("rate", "Rate", FieldKind::Text, &["exchange rate"]),
    field("rate_source", "Source of the rate", FieldKind::Text, &["rate source"]),
    field("service", "Service", FieldKind::Text, &["service key"]),
    field("customer", "Customer", FieldKind::Text, &["customer key"]),
    field("kind", "Kind (cost, income, asset, balance)", FieldKind::Text, &["line kind"]),
    field("estimate", "Estimate", FieldKind::Flag, &["accrual"]),
    field("corrects", "Closed period it belongs to", FieldKind::Period, &[]),
    field("id", "Id in the list of ledger lines", FieldKind::Id, &[]),
    field("create_accounts", "Create unknown accounts", FieldKind::Rule, &[]),
];

/// Our own list, and other systems' lists with both amounts: beside an original amount, the other one is
/// in the organisation's currency.
static TOGETHER: [&[(&str, &str)]; 2] = [
    &[("original", "amount"), ("amount", "reporting_amount")],
    &[("original amount", "amount"), ("amount", "reporting_amount")],
];

/// Ledger lines.
pub static TARGET: Target = Target {
    kind: "gl",
    label: "Ledger lines",
    action: Action::ImportMoney,
    reads: Action::ReadMoney,
    fields: FIELDS,
    known: Known::Batches { identity: &["document", "document_line"] },
    total: Some("amount"),
    hints: Hints {
        one_of: &["posted_on", "period", "corrects"],
        together: &TOGETHER,
        keys: None,
        split: Some("kind"),
    },
    check: |cx, rows| -> Outcome<'_, Vec<Verdict>> {
        Box::pin(async move {
            let known = write::known(cx, rows.iter()).await?;
            let standing = again::standing(cx, rows).await?;
            let verdict = |row: &Row| match row.text("id").and_then(|id| standing.get(id)) {
                Some(there) => again::judge(row, there, &known),
                None => rules::read(row, &known).map_or_else(Verdict::Rejected, |line| line.verdict()),
            };
            Ok(rows.iter().map(verdict).collect())
        })
    },
    write: |cx, exchange, accepted| Box::pin(write::write(cx, exchange, accepted)),
    finish: |cx, exchange| Box::pin(write::finish(cx, exchange)),
    may_revert: Some(|cx, exchange| Box::pin(kept::may_revert(cx, exchange))),
    revert: |cx, exchange, why| Box::pin(write::revert(cx, exchange, why)),
};
