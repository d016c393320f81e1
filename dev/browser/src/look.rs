//! How the page is looked at: size, dark, print; and pictures of it.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::Browser;
use crate::wire::{Error, unexpected};

/// Narrower than this is looked at as a phone does: the page's own viewport counts.
const PHONE_WIDTH: u32 = 600;

/// A way to look at a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Of the viewport, in CSS pixels.
    pub width: u32,
    /// Of the viewport, in CSS pixels.
    pub height: u32,
    /// The person prefers dark.
    pub dark: bool,
    /// As it would come out of a printer.
    pub print: bool,
    /// Pictures show the page to its end, not only the viewport.
    pub whole: bool,
}

impl Default for Look {
    /// A small laptop, light.
    fn default() -> Look {
        Look { width: 1366, height: 768, dark: false, print: false, whole: false }
    }
}

impl Browser {
    /// Looks at this and the following pages in this way.
    ///
    /// # Errors
    /// The browser refuses the size.
    pub fn emulate(&self, look: &Look) -> Result<(), Error> {
        let mobile = look.width < PHONE_WIDTH;
        let size = json!({
            "width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": mobile
        });
        self.devtools("Emulation.setDeviceMetricsOverride", size)?;
        let scheme = if look.dark { "dark" } else { "light" };
        let media = json!({
            "media": if look.print { "print" } else { "" },
            "features": [
                { "name": "prefers-color-scheme", "value": scheme },
                // Pictures must not catch a movement half way.
                { "name": "prefers-reduced-motion", "value": "reduce" },
            ],
        });
        self.devtools("Emulation.setEmulatedMedia", media).map(drop)
    }

    /// Looks at the page in this way and writes what is seen as a PNG file.
    ///
    /// # Errors
    /// The browser refuses, or the file cannot be written.
    pub fn screenshot(&self, path: &Path, look: &Look) -> Result<(), Error> {
        self.emulate(look)?;
        let mut shot = json!({ "format": "png" });
        if look.whole {
            let size = self.devtools("Page.getLayoutMetrics", json!({}))?["cssContentSize"].take();
            let clip =
                json!({ "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1 });
            shot = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        }
        let data = self.devtools("Page.captureScreenshot", shot)?;
        fs::write(path, decoded(&data["data"])?)?;
        Ok(())
    }
}

fn decoded(data: &Value) -> Result<Vec<u8>, Error> {
    let data = data.as_str().ok_or_else(|| unexpected("a picture without data"))?;
    STANDARD.decode(data).map_err(|error| unexpected(&error.to_string()))
}
