//! The eyes of a proof where X11 shows the windows: a client that finds one by its title and reads its pixels from outside.
//!
//! Only core requests are used: every X server has them. It draws nothing and opens no window.

use std::io;

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ConfigureWindowAux, ConnectionExt, ImageFormat, ImageOrder, MapState, StackMode, Visualtype,
    Window,
};
use x11rb::reexports::x11rb_protocol::parse_display::parse_display;
use x11rb::rust_connection::{DefaultStream, RustConnection};

use super::kernel;
use crate::picture::Picture;
use crate::system::screen::{Displays, Screen, Views};

/// There is one place for windows on Windows alone: nobody asks for it here.
pub const fn tell_if_asked(_argv: &[String]) -> Option<u8> {
    None
}

/// The one kind of secret that a client shows to a server here.
const COOKIE: &[u8] = b"MIT-MAGIC-COOKIE-1";

/// Displays of the machine that we run on.
pub struct RealDisplays;

impl Displays for RealDisplays {
    fn open(&self, display: &str, cookie: Option<&[u8]>) -> io::Result<Box<dyn Screen>> {
        // The library would look for a cookie by itself, in a file that it opens whatever it is.
        let name = parse_display(Some(display)).map_err(io::Error::other)?;
        let screen = usize::from(name.screen);
        let mut connected = Err(io::ErrorKind::NotFound.into());
        for address in name.connect_instruction() {
            connected = DefaultStream::connect(&address).map(|it| it.0);
            if connected.is_ok() {
                break;
            }
        }
        let (kind, cookie) = cookie.map_or((Vec::new(), Vec::new()), |it| (COOKIE.to_vec(), it.to_vec()));
        let connection = RustConnection::connect_to_stream_with_auth_info(connected?, screen, kind, cookie);
        let connection = connection.map_err(io::Error::other)?;
        let root = connection.setup().roots.get(screen).ok_or(io::ErrorKind::NotFound)?.root;
        let atom = |name: &[u8]| {
            let cookie = connection.intern_atom(false, name).map_err(io::Error::other)?;
            Ok::<_, io::Error>(cookie.reply().map_err(io::Error::other)?.atom)
        };
        let (name, utf8) = (atom(b"_NET_WM_NAME")?, atom(b"UTF8_STRING")?);
        Ok(Box::new(RealScreen { connection, root, name, utf8 }))
    }

    fn may_record(&self) -> bool {
        kernel::windows::may_record()
    }

    fn window_of(&self, title: &str, process: u32) -> io::Result<Option<u32>> {
        kernel::windows::window_of(title, process)
    }

    fn secret(&self) -> io::Result<[u8; 16]> {
        let mut bytes = [0; 16];
        let none = |_| io::Error::from(io::ErrorKind::UnexpectedEof);
        ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bytes).map_err(none)?;
        Ok(bytes)
    }
}

struct RealScreen {
    connection: RustConnection,
    root: Window,
    name: u32,
    utf8: u32,
}

impl Screen for RealScreen {
    /// A title of ours is a secret of the run; X11 knows the process of a window by the window's own word only.
    fn find(&self, title: &str, _process: u32) -> io::Result<Option<u32>> {
        // A window manager puts a program's window into a frame of its own, one or two levels down.
        let mut level = vec![self.root];
        for _ in 0..4 {
            let mut below = Vec::new();
            for window in level {
                let cookie = self.connection.query_tree(window).map_err(io::Error::other)?;
                // A window may be gone by now.
                below.extend(cookie.reply().map(|it| it.children).unwrap_or_default());
            }
            for &window in &below {
                if self.has_title(window, title)? && self.is_shown(window)? {
                    return Ok(Some(window));
                }
            }
            level = below;
        }
        Ok(None)
    }

    fn show(&self, window: u32) -> io::Result<()> {
        let size = self.connection.get_geometry(window).map_err(io::Error::other)?.reply().ok();
        let screen = self.connection.get_geometry(self.root).map_err(io::Error::other)?.reply().ok();
        let place = self.connection.translate_coordinates(window, self.root, 0, 0);
        let place = place.map_err(io::Error::other)?.reply().ok();
        let mut change = ConfigureWindowAux::new().stack_mode(StackMode::ABOVE);
        if let (Some(size), Some(screen), Some(place)) = (size, screen, place) {
            let inside =
                |at: i16, length: u16, all: u16| at >= 0 && i32::from(at) + i32::from(length) <= all.into();
            if !inside(place.dst_x, size.width, screen.width)
                || !inside(place.dst_y, size.height, screen.height)
            {
                change = change.x(0).y(0);
            }
        }
        self.connection.configure_window(window, &change).map_err(io::Error::other)?;
        self.connection.flush().map_err(io::Error::other)
    }

    fn widen(&self, window: u32) -> io::Result<()> {
        let size = self.connection.get_geometry(window).map_err(io::Error::other)?;
        let width = u32::from(size.reply().map_err(io::Error::other)?.width) + 1;
        let change = ConfigureWindowAux::new().width(width);
        self.connection.configure_window(window, &change).map_err(io::Error::other)?;
        self.connection.flush().map_err(io::Error::other)
    }

    fn capture(&self, window: u32) -> io::Result<Views> {
        let geometry = self.connection.get_geometry(window).map_err(io::Error::other)?;
        let attributes = self.connection.get_window_attributes(window).map_err(io::Error::other)?;
        let (Ok(geometry), Ok(attributes)) = (geometry.reply(), attributes.reply()) else {
            return Ok(Views::default());
        };
        let (width, height) = (geometry.width, geometry.height);
        let image = self.connection.get_image(ImageFormat::Z_PIXMAP, window, 0, 0, width, height, !0);
        let Ok(image) = image.map_err(io::Error::other)?.reply() else { return Ok(Views::default()) };
        let setup = self.connection.setup();
        let bits = setup.pixmap_formats.iter().find(|it| it.depth == image.depth).map(|it| it.bits_per_pixel);
        let depths = setup.roots.iter().flat_map(|it| &it.allowed_depths);
        let visual = depths.flat_map(|it| &it.visuals).find(|it| it.visual_id == attributes.visual);
        let (Some(bits), Some(visual)) = (bits, visual) else { return Ok(Views::default()) };
        let little = setup.image_byte_order == ImageOrder::LSB_FIRST;
        Ok(decode(&image.data, width.into(), height.into(), bits.into(), little, visual).into())
    }
}

impl RealScreen {
    fn has_title(&self, window: Window, title: &str) -> io::Result<bool> {
        for (property, kind) in [(self.name, self.utf8), (AtomEnum::WM_NAME.into(), AtomEnum::ANY.into())] {
            let cookie = self.connection.get_property(false, window, property, kind, 0, 256);
            let reply = cookie.map_err(io::Error::other)?.reply();
            if reply.is_ok_and(|it| it.value == title.as_bytes()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn is_shown(&self, window: Window) -> io::Result<bool> {
        let cookie = self.connection.get_window_attributes(window).map_err(io::Error::other)?;
        Ok(cookie.reply().is_ok_and(|it| it.map_state == MapState::VIEWABLE))
    }
}

/// Pixels of 16 or 32 bits by the masks of their visual, rows padded to 32 bits.
fn decode(
    data: &[u8],
    width: usize,
    height: usize,
    bits: usize,
    little: bool,
    visual: &Visualtype,
) -> Option<Picture> {
    let bytes = match bits {
        16 | 24 | 32 => bits / 8,
        _ => return None,
    };
    let stride = (width * bytes).next_multiple_of(4);
    let mut rgb = Vec::with_capacity(width * height * 3);
    for row in data.chunks_exact(stride).take(height) {
        for pixel in row[..width * bytes].chunks_exact(bytes) {
            let add = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
            let value = if little { pixel.iter().rev().fold(0, add) } else { pixel.iter().fold(0, add) };
            rgb.extend([visual.red_mask, visual.green_mask, visual.blue_mask].map(|it| channel(value, it)));
        }
    }
    (rgb.len() == width * height * 3).then_some(Picture { width, height, rgb })
}

/// A channel of a pixel, from 0 to 255.
fn channel(value: u32, mask: u32) -> u8 {
    if mask == 0 {
        return 0;
    }
    let most = u64::from(mask >> mask.trailing_zeros());
    let is = u64::from((value & mask) >> mask.trailing_zeros());
    u8::try_from(is * 255 / most).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visual(red_mask: u32, green_mask: u32, blue_mask: u32) -> Visualtype {
        Visualtype { red_mask, green_mask, blue_mask, ..Visualtype::default() }
    }

    #[test]
    fn pixels_of_every_usual_display_are_read() {
        let true_colour = visual(0x00ff_0000, 0x0000_ff00, 0x0000_00ff);
        let blue_first = [3, 2, 1, 0, 6, 5, 4, 0];
        let want = Some(Picture { width: 2, height: 1, rgb: vec![1, 2, 3, 4, 5, 6] });
        assert_eq!(decode(&blue_first, 2, 1, 32, true, &true_colour), want);
        assert_eq!(decode(&[0, 1, 2, 3, 0, 4, 5, 6], 2, 1, 32, false, &true_colour), want);
        assert_eq!(decode(&[3, 2, 1, 6, 5, 4, 0, 0], 2, 1, 24, true, &true_colour), want);
        let high_colour = visual(0xf800, 0x07e0, 0x001f);
        let white_and_red = [0xff, 0xff, 0x00, 0xf8];
        let want = Some(Picture { width: 2, height: 1, rgb: vec![255, 255, 255, 255, 0, 0] });
        assert_eq!(decode(&white_and_red, 2, 1, 16, true, &high_colour), want);
    }

    #[test]
    fn a_picture_that_is_cut_off_is_none() {
        let masks = visual(0xff_0000, 0xff00, 0xff);
        assert_eq!(decode(&[0; 12], 2, 2, 32, true, &masks), None);
        assert_eq!(decode(&[0; 12], 2, 2, 8, true, &masks), None);
    }
}
