//! Access lists: the one of what is ours alone, and what one says of a file. What it means is decided in `acl`.

#![expect(clippy::disallowed_types, reason = "this is behind the door: it looks for it")]

use std::ffi::c_void;
use std::fs::File;
use std::io;
use std::os::windows::io::AsRawHandle;
use std::ptr;
use std::slice;
use std::sync::OnceLock;

use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, LocalFree};
use windows_sys::Win32::Security::Authorization::{
    ConvertSidToStringSidW, ConvertStringSecurityDescriptorToSecurityDescriptorW, GetSecurityInfo,
    SDDL_REVISION_1, SE_FILE_OBJECT,
};
use windows_sys::Win32::Security::{
    ACL, DACL_SECURITY_INFORMATION, GetLengthSid, GetTokenInformation, OWNER_SECURITY_INFORMATION,
    PSECURITY_DESCRIPTOR, PSID, SECURITY_ATTRIBUTES, SetKernelObjectSecurity, TOKEN_QUERY, TOKEN_USER,
    TokenUser,
};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};

/// A descriptor that Windows made, and takes back.
struct Descriptor(PSECURITY_DESCRIPTOR);

impl Descriptor {
    /// Gives the access list to an open file, as it is: nothing is added from above.
    fn give(&self, file: &File) -> io::Result<()> {
        // SAFETY: the handle is open, and the descriptor is alive.
        #[expect(unsafe_code, reason = "a call of Windows")]
        let done =
            unsafe { SetKernelObjectSecurity(file.as_raw_handle(), DACL_SECURITY_INFORMATION, self.0) };
        if done == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
    }
}

impl Drop for Descriptor {
    fn drop(&mut self) {
        // SAFETY: it was made by LocalAlloc, as the calls below promise, and nobody else has it.
        #[expect(unsafe_code, reason = "a call of Windows")]
        unsafe {
            LocalFree(self.0);
        }
    }
}

/// The access list of what is ours alone: the user, SYSTEM and Administrators may do everything, nobody else anything, and
/// nothing is inherited from above.
pub(in crate::system) struct Private(Descriptor);

impl Private {
    /// For the user who runs this.
    pub(in crate::system) fn new() -> io::Result<Self> {
        let text = format!("D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;{})", user()?.text);
        let text: Vec<u16> = text.encode_utf16().chain([0]).collect();
        let mut made: PSECURITY_DESCRIPTOR = ptr::null_mut();
        // SAFETY: the text ends with a zero; what comes back is made by LocalAlloc and ours.
        #[expect(unsafe_code, reason = "a call of Windows")]
        let done = unsafe {
            ConvertStringSecurityDescriptorToSecurityDescriptorW(
                text.as_ptr(),
                SDDL_REVISION_1,
                &raw mut made,
                ptr::null_mut(),
            )
        };
        if done == 0 { Err(io::Error::last_os_error()) } else { Ok(Self(Descriptor(made))) }
    }

    /// For a call that makes something; they live no longer than this.
    pub(in crate::system) fn attributes(&self) -> SECURITY_ATTRIBUTES {
        let size = u32::try_from(size_of::<SECURITY_ATTRIBUTES>()).unwrap_or(0);
        SECURITY_ATTRIBUTES { nLength: size, lpSecurityDescriptor: self.0.0, bInheritHandle: 0 }
    }

    /// Gives this list to an open file (`WRITE_DAC`).
    pub(in crate::system) fn give(&self, file: &File) -> io::Result<()> {
        self.0.give(file)
    }
}

/// The access list that a file has, to be given to the one that takes its place.
pub(in crate::system) struct List(Descriptor);

impl List {
    /// Of an open file (`READ_CONTROL`).
    pub(in crate::system) fn of(file: &File) -> io::Result<Self> {
        info(file).map(|it| Self(it.0))
    }

    /// Gives it to an open file (`WRITE_DAC`).
    pub(in crate::system) fn give(&self, file: &File) -> io::Result<()> {
        self.0.give(file)
    }
}

/// Whose an open file is, and its access list, as bytes.
pub(in crate::system) fn owner_and_list(file: &File) -> io::Result<(Vec<u8>, Option<Vec<u8>>)> {
    let (_alive, owner, list) = info(file)?;
    // SAFETY: both lie in the descriptor, which is alive, and say their own size.
    #[expect(unsafe_code, reason = "what Windows gives is read")]
    unsafe {
        let list = list
            .as_ref()
            .map(|it| slice::from_raw_parts(list.cast::<u8>(), usize::from(it.AclSize)).to_vec());
        Ok((bytes(owner), list))
    }
}

fn info(file: &File) -> io::Result<(Descriptor, PSID, *const ACL)> {
    let (mut owner, mut list): (PSID, *mut ACL) = (ptr::null_mut(), ptr::null_mut());
    let mut made: PSECURITY_DESCRIPTOR = ptr::null_mut();
    // SAFETY: the handle is open; what comes back is made by LocalAlloc and ours, and the other two point into it.
    #[expect(unsafe_code, reason = "a call of Windows")]
    let code = unsafe {
        GetSecurityInfo(
            file.as_raw_handle(),
            SE_FILE_OBJECT,
            OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
            &raw mut owner,
            ptr::null_mut(),
            &raw mut list,
            ptr::null_mut(),
            &raw mut made,
        )
    };
    if code == 0 {
        Ok((Descriptor(made), owner, list))
    } else {
        Err(io::Error::from_raw_os_error(code.cast_signed()))
    }
}

/// # Safety
/// The identifier is none, or a whole one.
#[expect(unsafe_code, reason = "what Windows gives is read")]
unsafe fn bytes(who: PSID) -> Vec<u8> {
    if who.is_null() {
        return Vec::new();
    }
    // SAFETY: it is whole, as the caller promises, and Windows tells how long it is.
    unsafe { slice::from_raw_parts(who.cast::<u8>(), GetLengthSid(who) as usize).to_vec() }
}

/// Who runs this.
#[derive(Debug)]
pub(in crate::system) struct User {
    /// The identifier.
    pub(in crate::system) sid: Vec<u8>,
    /// As it is written: `S-1-5-21-…-1001`.
    pub(in crate::system) text: String,
}

/// Who runs this, as the system tells it once.
pub(in crate::system) fn user() -> io::Result<&'static User> {
    static USER: OnceLock<Option<User>> = OnceLock::new();
    USER.get_or_init(|| asked().ok()).as_ref().ok_or_else(|| io::ErrorKind::PermissionDenied.into())
}

fn asked() -> io::Result<User> {
    let mut token: HANDLE = ptr::null_mut();
    // As numbers of eight bytes, for what is read from it is aligned so.
    let mut room = [0_u64; 64];
    let mut length = 0;
    // SAFETY: each call gets what is alive and as large as it says; the token is closed; the user's identifier lies in the
    // room, and its text is made by LocalAlloc and taken back.
    #[expect(unsafe_code, reason = "calls of Windows")]
    unsafe {
        if OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token) == 0 {
            return Err(io::Error::last_os_error());
        }
        let size = u32::try_from(size_of_val(&room)).unwrap_or(0);
        let told =
            GetTokenInformation(token, TokenUser, room.as_mut_ptr().cast::<c_void>(), size, &raw mut length);
        let error = io::Error::last_os_error();
        CloseHandle(token);
        if told == 0 {
            return Err(error);
        }
        let who = (*room.as_ptr().cast::<TOKEN_USER>()).User.Sid;
        let mut text = ptr::null_mut();
        if ConvertSidToStringSidW(who, &raw mut text) == 0 {
            return Err(io::Error::last_os_error());
        }
        let written = super::path::text(text);
        LocalFree(text.cast::<c_void>());
        Ok(User { sid: bytes(who), text: written })
    }
}
