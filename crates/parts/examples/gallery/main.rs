//! Writes static pages that rebuild the design's pictures from the parts, with the pictures' figures,
//! to look at: `cargo run -p parts --example gallery -- OUTDIR`. Each also as `dark-…`.

mod pages;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let out = std::env::args().nth(1).unwrap_or_else(|| "gallery".to_owned());
    let out = Path::new(&out);
    std::fs::create_dir_all(out.join("assets"))?;
    for (path, _, text) in parts::assets::ASSETS {
        std::fs::write(out.join(path.trim_start_matches('/')), text)?;
    }
    for (name, page) in pages::PAGES {
        // Opened from a folder: addresses of assets become relative.
        let html = page().into_string().replace("=\"/assets/", "=\"assets/");
        std::fs::write(out.join(name), &html)?;
        let dark = html.replacen("<html ", "<html data-theme=\"dark\" ", 1);
        std::fs::write(out.join(format!("dark-{name}")), dark)?;
    }
    Ok(())
}
