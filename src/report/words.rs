//! `Words`: the only place where a [`Text`] becomes English or 简体中文, from `locales/`, embedded at compile time.
//! It decides nothing and prints nothing. A new message is a line in `locales/en`, and in the other trees as soon as
//! somebody who speaks the language writes it: until then English stands in, and a test lists it. A new family is a file
//! in every tree. A key that English lacks shows as itself, and fails the tests beside this file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::discreet;
use crate::embedded::{CHINESE, CHINESE_PAGES, ENGLISH, ENGLISH_PAGES, Embedded};
use crate::quoting::is_harmful;
use crate::text::{Arg, Text};

#[cfg(test)]
mod tests;

/// The languages that we speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 简体中文.
    ZhCn,
}

impl Lang {
    /// Both.
    pub const ALL: [Self; 2] = [Self::En, Self::ZhCn];

    /// As `--lang` takes it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhCn => "zh-CN",
        }
    }

    /// Reads `--lang`: `en`, `zh-CN`, and the spellings that people use for them. `None` for any other language.
    pub fn parse(tag: &str) -> Option<Self> {
        let tag = tag.to_lowercase().replace('_', "-");
        let language = tag.split(['.', '@']).next().unwrap_or_default();
        match language {
            "en" | "en-us" | "en-gb" => Some(Self::En),
            "zh" | "zh-cn" | "zh-sg" | "zh-hans" | "zh-hans-cn" | "zh-hans-sg" => Some(Self::ZhCn),
            _ => None,
        }
    }

    /// What the locale says: the first of LC_ALL, LC_MESSAGES and LANG that is not empty. English for the rest of the
    /// world, and for traditional Chinese, whose readers are better served by it than by the wrong characters; and where
    /// characters are not those that we write.
    pub fn of_locale(env: &BTreeMap<String, String>) -> Self {
        let said = first(env, ["LC_ALL", "LC_MESSAGES", "LANG"]);
        said.filter(|_| is_utf8(env)).and_then(|it| Self::parse(it)).unwrap_or_default()
    }
}

fn first<'e>(env: &'e BTreeMap<String, String>, names: [&str; 3]) -> Option<&'e String> {
    names.into_iter().find_map(|name| env.get(name).filter(|it| !it.is_empty()))
}

/// Whether the locale leaves it at UTF-8: it says so, or says nothing of characters. `C` has those of ASCII alone.
pub fn is_utf8(env: &BTreeMap<String, String>) -> bool {
    let Some(locale) = first(env, ["LC_ALL", "LC_CTYPE", "LANG"]) else { return true };
    match locale.split_once('.') {
        None => locale != "C" && locale != "POSIX",
        Some((_, set)) => {
            let set = set.split('@').next().unwrap_or_default();
            set.eq_ignore_ascii_case("utf-8") || set.eq_ignore_ascii_case("utf8")
        }
    }
}

/// One language, ready to speak.
pub struct Words {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
    /// English, read when the language has no text for a key.
    english: OnceLock<FluentBundle<FluentResource>>,
}

impl Words {
    /// Loads the catalogue of a language.
    pub fn of(lang: Lang) -> Self {
        Self::made(lang, vec![lang.catalogue().text()])
    }

    /// The same with what only the pages of `docs/` say.
    pub fn for_pages(lang: Lang) -> Self {
        Self::made(lang, lang.sources())
    }

    fn made(lang: Lang, sources: Vec<String>) -> Self {
        Self { lang, bundle: bundle(lang, sources), english: OnceLock::new() }
    }

    /// The language.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// What a person reads. Words from outside are made harmless by [`safe`].
    pub fn say(&self, text: &Text) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in &text.args {
            args.set(name.clone(), self.value(value));
        }
        self.format(&text.key, &args).unwrap_or_else(|| text.to_string())
    }

    /// The message of a key, in this language or else in English.
    fn format(&self, key: &str, args: &FluentArgs) -> Option<String> {
        format(&self.bundle, key, args).or_else(|| {
            let english = || bundle(Lang::En, Lang::En.sources());
            let english = (self.lang != Lang::En).then(|| self.english.get_or_init(english))?;
            format(english, key, args)
        })
    }

    /// A message without arguments, by its key.
    pub fn key(&self, key: &'static str) -> String {
        self.say(&Text::new(key))
    }

    /// Several messages, one after the other.
    pub fn joined(&self, texts: &[Text]) -> String {
        let said: Vec<_> = texts.iter().map(|it| self.say(it)).collect();
        said.join(&self.key("report-join"))
    }

    /// Whether the key (`id` or `id.attribute`) has a text, in this language or in English.
    pub fn has(&self, key: &str) -> bool {
        self.format(key, &FluentArgs::new()).is_some()
    }

    fn value(&self, arg: &Arg) -> FluentValue<'static> {
        match arg {
            Arg::Number(n) => FluentValue::from(*n),
            Arg::Word(word) => FluentValue::from(safe(word).into_owned()),
            Arg::Text(text) => FluentValue::from(self.say(text)),
            Arg::Said(all) => {
                let said = all.get(self.lang.tag()).or_else(|| all.get(Lang::En.tag()));
                FluentValue::from(said.map(|it| safe(it).into_owned()).unwrap_or_default())
            }
        }
    }
}

/// The catalogue of a language.
fn bundle(lang: Lang, sources: Vec<String>) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = lang.tag().parse().expect("our tags are well-formed");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks around arguments show as boxes in a terminal.
    bundle.set_use_isolating(false);
    for source in sources {
        // A message that does not parse is dropped here and found by the tests.
        let resource = match FluentResource::try_new(source) {
            Ok(it) | Err((it, _)) => it,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn format(bundle: &FluentBundle<FluentResource>, key: &str, args: &FluentArgs) -> Option<String> {
    let (id, attribute) = key.split_once('.').map_or((key, None), |(id, it)| (id, Some(it)));
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        Some(name) => message.get_attribute(name)?.value(),
        None => message.value()?,
    };
    Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
}

impl Lang {
    /// What commands say.
    const fn catalogue(self) -> Embedded {
        match self {
            Self::En => ENGLISH,
            Self::ZhCn => CHINESE,
        }
    }

    /// That, and what only pages say, as it is written.
    pub fn sources(self) -> Vec<String> {
        let pages = match self {
            Self::En => ENGLISH_PAGES,
            Self::ZhCn => CHINESE_PAGES,
        };
        vec![self.catalogue().text(), pages.text()]
    }
}

/// Text from outside, made harmless for a terminal and for one line: what moves a cursor, reorders a line or is not seen
/// becomes `\u{…}`; and for whoever sees it: what is secret becomes `…`.
pub fn safe(word: &str) -> Cow<'_, str> {
    let shown = discreet::hidden(word, discreet::MARK);
    let word = if shown == word { Cow::Borrowed(word) } else { Cow::Owned(shown) };
    if !word.chars().any(is_harmful) {
        return word;
    }
    let mut out = String::with_capacity(word.len() + 8);
    for c in word.chars() {
        if is_harmful(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    Cow::Owned(out)
}
