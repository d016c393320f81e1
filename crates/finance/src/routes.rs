//! What pages, API and command line reach of this context: one slice per noun.

use access::{Action, Command, Noun, Reading, command, reading};
use imports::Target;
use kernel::RefusalKind;

use crate::{budget, cost_centre, cost_object, driver, error, line, mapping, period, pool, rate};

/// Everything that changes.
pub static COMMANDS: &[&[Command]] = &[
    PERIOD_COMMANDS,
    POOL_COMMANDS,
    COST_CENTRE_COMMANDS,
    OBJECT_COMMANDS,
    DRIVER_COMMANDS,
    BUDGET_COMMANDS,
    MAPPING_COMMANDS,
];

/// Everything that reads.
pub static READINGS: &[&[Reading]] = &[
    PERIOD_READINGS,
    POOL_READINGS,
    COST_CENTRE_READINGS,
    OBJECT_READINGS,
    LINE_READINGS,
    RATE_READINGS,
    DRIVER_READINGS,
    BUDGET_READINGS,
    MAPPING_READINGS,
];

/// Records the history tells about.
pub static NOUNS: &[&Noun] = &[
    &period::NOUN,
    &pool::NOUN,
    &cost_centre::NOUN,
    &cost_object::NOUN,
    &driver::NOUN,
    &budget::NOUN,
    &mapping::NOUN,
];

/// Refusals of this context.
pub static REFUSALS: &[&[&RefusalKind]] = &[
    error::ALL,
    period::error::ALL,
    pool::error::ALL,
    cost_centre::error::ALL,
    line::error::ALL,
    rate::error::ALL,
    driver::error::ALL,
    budget::error::ALL,
    mapping::error::ALL,
];

/// What can be imported.
pub static TARGETS: &[&Target] = &[&line::TARGET, &rate::TARGET, &driver::TARGET, &budget::TARGET];

static PERIOD_COMMANDS: &[Command] =
    &[command!("period open", "Open a range of periods", Action::PrepareClose, Post "/finance/periods",
        period::PeriodRange => period::open, refuses period::error::ALL)];

static PERIOD_READINGS: &[Reading] = &[
    reading!("period list", "Periods", Action::ReadMoney, "/finance/periods" => period::list),
    reading!("period show", "One period", Action::ReadMoney, "/finance/periods/{period}" => period::show),
];

static POOL_COMMANDS: &[Command] = &[
    command!("pool add", "Add a cost pool", Action::EditRules, Post "/finance/pools",
        pool::PoolInput => pool::add, refuses pool::error::ALL),
    command!("pool edit", "Change a cost pool", Action::EditRules, Patch "/finance/pools/{key}",
        pool::PoolChange => pool::change, refuses pool::error::ALL),
];

static POOL_READINGS: &[Reading] = &[
    reading!("pool list", "Cost pools", Action::ReadMoney, "/finance/pools" => pool::list),
    reading!("pool show", "One cost pool", Action::ReadMoney, "/finance/pools/{key}" => pool::show),
];

static COST_CENTRE_COMMANDS: &[Command] = &[
    command!("cost-centre add", "Register a cost centre", Action::EditRules, Post "/finance/cost-centres",
        cost_centre::CostCentreInput => cost_centre::add, refuses cost_centre::error::ALL),
    command!("cost-centre edit", "Change a cost centre", Action::EditRules, Patch "/finance/cost-centres/{key}",
        cost_centre::CostCentreChange => cost_centre::change),
];

static OBJECT_COMMANDS: &[Command] = &[
    command!("object add", "Add a cost object that is kept central", Action::EditRules, Post "/finance/objects",
        cost_object::ObjectInput => cost_object::add),
    command!("object edit", "Change a cost object", Action::EditRules, Patch "/finance/objects/{key}",
        cost_object::ObjectChange => cost_object::change),
];

static OBJECT_READINGS: &[Reading] = &[
    reading!("object list", "Cost objects kept central", Action::ReadMoney, "/finance/objects" => cost_object::list),
    reading!("object show", "One cost object", Action::ReadMoney, "/finance/objects/{key}" => cost_object::show),
];

static COST_CENTRE_READINGS: &[Reading] = &[
    reading!("cost-centre list", "Cost centres", Action::ReadMoney, "/finance/cost-centres" => cost_centre::list),
    reading!("cost-centre show", "One cost centre", Action::ReadMoney, "/finance/cost-centres/{key}"
        => cost_centre::show),
];

static LINE_READINGS: &[Reading] = &[
    reading!("line list", "Ledger lines of a period", Action::ReadMoney, "/finance/lines", takes &["period", "as_of"]
        => line::list),
    reading!("line show", "One ledger line, with its row in the file it came from", Action::ReadMoney,
        "/finance/lines/{id}" => line::show),
];

static RATE_READINGS: &[Reading] = &[
    reading!("rate list", "Exchange rates", Action::ReadMoney, "/finance/rates" => rate::list),
    reading!("rate month", "Average and closing rates of a period", Action::ReadMoney, "/finance/rates/{period}"
        => rate::month),
];

static DRIVER_COMMANDS: &[Command] = &[
    command!("driver add", "Add a driver", Action::ImportMoney, Post "/finance/drivers",
        driver::DriverInput => driver::add, refuses driver::error::ALL),
    command!("driver edit", "Change a driver", Action::ImportMoney, Patch "/finance/drivers/{key}",
        driver::DriverChange => driver::change, refuses driver::error::ALL),
];

static DRIVER_READINGS: &[Reading] = &[
    reading!("driver list", "Drivers", Action::ReadMoney, "/finance/drivers" => driver::list),
    reading!("driver show", "One driver", Action::ReadMoney, "/finance/drivers/{key}" => driver::show),
    reading!("quantity list", "Driver quantities", Action::ReadMoney, "/finance/quantities", takes &["driver"]
        => driver::quantity_list),
];

static BUDGET_COMMANDS: &[Command] = &[
    command!("budget add", "Begin a version of a year's budget", Action::ImportMoney, Post "/finance/budgets",
        budget::BudgetInput => budget::add, refuses budget::error::ALL),
    command!("budget submit", "Submit a budget", Action::ImportMoney, Post "/finance/budgets/{key}/submit",
        access::route::Nothing => budget::submit, refuses budget::error::ALL, ready budget::may_submit),
    command!("budget approve", "Approve a budget that somebody else raised", Action::ApproveRules,
        Post "/finance/budgets/{key}/approve", access::route::Nothing => budget::approve,
        refuses budget::error::ALL, ready budget::may_approve),
];

static BUDGET_READINGS: &[Reading] = &[
    reading!("budget list", "Budgets", Action::ReadMoney, "/finance/budgets" => budget::list),
    reading!("budget show", "A budget against actual, per pool", Action::ReadMoney, "/finance/budgets/{key}",
        takes &["period"] => budget::show),
    reading!("budget amounts", "The amounts of a budget, as files bring them in", Action::ReadMoney,
        "/finance/budgets/{key}/amounts" => budget::amounts),
];

static MAPPING_COMMANDS: &[Command] = &[
    command!("mapping add", "Write a mapping rule", Action::EditRules, Post "/finance/mapping",
        mapping::MappingInput => mapping::add, refuses mapping::error::ALL),
    command!("mapping revise", "Write the next version of a mapping rule", Action::EditRules,
        Post "/finance/mapping/{number}/revise", mapping::MappingInput => mapping::revise,
        refuses mapping::error::ALL, ready mapping::may_revise),
    command!("mapping submit", "Submit a mapping rule", Action::EditRules, Post "/finance/mapping/{number}/submit",
        access::route::Nothing => mapping::submit, refuses mapping::error::ALL, ready mapping::may_submit),
    command!("mapping approve", "Approve a mapping rule that somebody else wrote", Action::ApproveRules,
        Post "/finance/mapping/{number}/approve", access::route::Nothing => mapping::approve,
        refuses mapping::error::ALL, ready mapping::may_approve),
    command!("mapping run", "Map the lines of a period again", Action::ImportMoney, Post "/finance/mapping-runs",
        mapping::MappingRun => mapping::run, refuses period::error::ALL, ready mapping::may_run),
];

static MAPPING_READINGS: &[Reading] = &[
    reading!("mapping list", "Mapping rules", Action::ReadMoney, "/finance/mapping",
        takes &["as_of"] => mapping::list),
    reading!("mapping show", "One mapping rule", Action::ReadMoney, "/finance/mapping/{number}",
        takes &["as_of"] => mapping::show),
    reading!("coverage show", "How much of a period's spend is mapped", Action::ReadMoney, "/finance/coverage",
        takes &["period"] => mapping::show_coverage),
    reading!("unmapped list", "Codes no mapping rule fits", Action::ReadMoney, "/finance/unmapped",
        takes &["period"] => mapping::unmapped),
];
