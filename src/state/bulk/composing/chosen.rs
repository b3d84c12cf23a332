//! The file that people come from: opened, read as the person says it is written, removed.

use super::{Busy, Composing, slices::in_slices};
use crate::{
    browser::file::{self, Decoder},
    domain::{
        bulk::composed::{File, LARGEST},
        sheet::encoding::{Decoding, Encoding, OTHERS},
    },
    state::App,
};
use leptos::{prelude::*, task::spawn_local};

impl Composing {
    /// Takes up a file that was chosen or dropped.
    pub fn take_file(self, app: App, files: Option<web_sys::FileList>) {
        self.file_fault.set(None);
        match file::only(files) {
            Ok(file) => self.open(app, file, None),
            Err(fault) => self.file_fault.set(Some(fault)),
        }
    }

    /// Whether a person may say how the chosen file is written. A page that was opened anew has its text alone.
    pub fn may_read_as(self) -> bool {
        self.doubted.with(Option::is_some)
    }

    /// Reads the chosen file as one that is written in another way.
    pub fn read_as(self, app: App, written: &str) {
        let known = OTHERS.into_iter().find(|(name, _)| *name == written);
        if let (Some((name, _)), Some(file)) = (known, self.doubted.get_untracked()) {
            self.open(app, file, Some(name));
        }
    }

    fn open(self, app: App, file: web_sys::File, written: Option<&'static str>) {
        let turn = self.begin_reading();
        self.busy.set(Some(Busy::Opening));
        spawn_local(async move {
            let name = file.name();
            let bytes = match file::bytes(&file, LARGEST).await {
                Ok(bytes) => bytes,
                Err(fault) => {
                    self.busy.set(None);
                    return self.file_fault.set(Some(fault));
                }
            };
            const PART: usize = 64 * 1024;
            let by_browser =
                written.and_then(|written| Some((Decoder::new(bytes.clone(), written)?, written)));
            let (text, encoding) = match by_browser {
                Some((mut decoder, written)) => {
                    if !in_slices(|| self.is_reading(turn), || decoder.advance(PART)).await {
                        return;
                    }
                    (decoder.text(), written.to_owned())
                }
                None => {
                    let mut decoding = Decoding::new(bytes);
                    if !in_slices(|| self.is_reading(turn), || decoding.advance(PART)).await {
                        return;
                    }
                    let encoding = decoding.encoding;
                    self.doubted.set((encoding == Encoding::Windows1252).then_some(file));
                    (decoding.text(), encoding.label().to_owned())
                }
            };
            let length = text.len();
            self.file_text.set_value(text.into());
            self.forget_choices();
            self.file.set(Some(File { name, encoding, length }));
            self.keep_file(app).await;
            self.save(app);
            self.read(0);
        });
    }

    pub fn remove_file(self, app: App) {
        self.file.set(None);
        self.doubted.set(None);
        self.file_fault.set(None);
        self.file_text.set_value("".into());
        self.forget_choices();
        spawn_local(async move { self.keep_file(app).await });
        self.save(app);
        self.read(0);
    }
}
