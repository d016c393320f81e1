//! The demo's people, for its sign-in page.

use db::Tx;
use kernel::Fault;

/// Somebody of the demo.
pub struct DemoPerson {
    /// What they sign in with.
    pub username: String,
    /// Their name.
    pub name: String,
    /// Their roles in words.
    pub roles: Vec<String>,
}

/// Active people with their active roles.
pub async fn demo_people(tx: &mut Tx) -> Result<Vec<DemoPerson>, Fault> {
    let sql = "select p.username, p.name, g.role from access_people p \
               join access_grants g on g.person_id = p.id and g.state = 'active' \
               where p.state = 'active' order by p.id, g.id";
    let mut people: Vec<DemoPerson> = Vec::new();
    for row in tx.query(sql).rows().await? {
        let (username, role): (String, String) = (row.get("username")?, row.get("role")?);
        match people.last_mut().filter(|last| last.username == username) {
            Some(last) if last.roles.contains(&role) => {}
            Some(last) => last.roles.push(role),
            None => people.push(DemoPerson { username, name: row.get("name")?, roles: vec![role] }),
        }
    }
    Ok(people)
}
