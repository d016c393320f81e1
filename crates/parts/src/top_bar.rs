//! The rail's links and the bar on top: search, period, what waits, help, the person's menu. Below
//! 900 px the same links stand in a menu.

use maud::{Markup, html};

use crate::form::PostAction;
use crate::shape::{Shape, shape};
use crate::shell::{Account, PeriodPick, Shell};
use crate::theme::Theme;

pub(crate) fn organisation(shell: &Shell) -> Markup {
    html! {
        p .org {
            a href="/" { (shell.organisation) }
            @if shell.demo { span .tag .t-warn title="Demo organisation: nothing here is real" { "Demo" span .hidden { " organisation" } } }
        }
    }
}

pub(crate) fn nav(shell: &Shell) -> Markup {
    html! {
        @for group in &shell.nav {
            p .nav-group {
                @match &group.hub {
                    Some(hub) => a href=(hub.href) aria-current=[hub.current.then_some("page")] { (hub.label) },
                    None => (group.label),
                }
            }
            ul {
                @for item in &group.items {
                    li { a href=(item.href) aria-current=[item.current.then_some("page")] { (item.label) } }
                }
            }
        }
    }
}

pub(crate) fn top_bar(shell: &Shell, railed: bool) -> Markup {
    html! {
        header .top {
            @if railed {
                details .phone-menu data-menu {
                    summary .btn { "Menu" }
                    nav aria-label="Menu" { (nav(shell)) (phone_account(shell)) }
                }
            }
            div .top-org { (organisation(shell)) }
            @if shell.account.is_some() { (search(shell)) }
            div .top-right {
                @if let Some(period) = &shell.period { (period_pick(period)) }
                @if let Some((count, href)) = &shell.todo {
                    a .bell href=(href) aria-label={ (count) " to do" } { (shape(Shape::Bell)) (count) }
                }
                @if let Some(help) = &shell.help { a href=(help) { "Help" } }
                @if let Some(account) = &shell.account { (account_menu(account, shell)) }
            }
        }
    }
}

fn search(shell: &Shell) -> Markup {
    html! {
        form .search role="search" action="/search" method="get" {
            label .hidden for="search" { "Search" }
            input #search type="search" name="q" value=(shell.search) placeholder="Search or type a command"
                autocomplete="off";
            kbd aria-hidden="true" { "/" }
        }
        a .btn .phone-search href="/search" { "Search" }
    }
}

fn period_pick(period: &PeriodPick) -> Markup {
    let shown = html! { span { (period.label) } @if let Some(state) = &period.state { (state.tag()) } };
    html! {
        @if period.others.is_empty() {
            a .period href=(period.href) { (shown) }
        } @else {
            details .menu data-menu {
                summary .period aria-label={ "Period " (period.label) } { (shown) (shape(Shape::Caret)) }
                ul .menu-list {
                    @for (label, href) in &period.others { li { a href=(href) { (label) } } }
                }
            }
        }
    }
}

fn account_menu(account: &Account, shell: &Shell) -> Markup {
    html! {
        details .menu .account data-menu {
            summary { (account.name) (shape(Shape::Caret)) }
            div .menu-list {
                @if !account.links.is_empty() {
                    ul { @for (label, href) in &account.links { li { a href=(href) { (label) } } } }
                }
                @if let Some(action) = &account.theme_action { (theme_form(action, shell)) }
                (PostAction::new(&account.sign_out, &shell.csrf)
                    .form(html! { button .menu-item type="submit" { "Sign out" } }))
            }
        }
    }
}

/// The same as the menu of a wide screen, laid open.
fn phone_account(shell: &Shell) -> Markup {
    html! {
        @if let Some(account) = &shell.account {
            p .nav-group { (account.name) }
            ul {
                @if let Some((count, href)) = &shell.todo { li { a href=(href) { "To do " (count) } } }
                @if let Some(help) = &shell.help { li { a href=(help) { "Help" } } }
                @for (label, href) in &account.links { li { a href=(href) { (label) } } }
            }
            @if let Some(action) = &account.theme_action { (theme_form(action, shell)) }
            (PostAction::new(&account.sign_out, &shell.csrf)
                .form(html! { button .menu-item type="submit" { "Sign out" } }))
        }
    }
}

fn theme_form(action: &str, shell: &Shell) -> Markup {
    PostAction::new(action, &shell.csrf).form(html! {
        fieldset .theme-choice {
            legend { "Colours" }
            @for (theme, label) in [(Theme::Auto, "As set"), (Theme::Light, "Light"), (Theme::Dark, "Dark")] {
                button type="submit" name="theme" value=(theme.word())
                    aria-pressed=(if theme == shell.theme { "true" } else { "false" }) { (label) }
            }
        }
    })
}
