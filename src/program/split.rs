//! What the attribute `wasm_split` takes from the crate `wasm_split_helpers` unless another place is named: what loads a split
//! module before its function is called. Here nothing does: `browser::later` has had the module loaded. The crate's own
//! loader would be 1 kB more for each visitor.

pub mod rt {
    //! The names that the attribute refers to.

    use std::convert::Infallible;
    use std::ffi::c_void;
    use std::pin::Pin;

    /// Hears that a module is loaded, or is not.
    pub type LoadCallbackFn = unsafe extern "C" fn(*const c_void, bool);

    /// Loads nothing.
    pub struct LazySplitLoader;

    impl LazySplitLoader {
        /// Instead of the function of the host that would load a module. The wasm then imports no such function.
        pub const fn new(_load: unsafe extern "C" fn(LoadCallbackFn, *const c_void)) -> Self {
            Self
        }
    }

    /// The module is loaded.
    ///
    /// # Errors
    /// Never.
    pub async fn ensure_loaded(_loader: Pin<&LazySplitLoader>) -> Result<(), Infallible> {
        Ok(())
    }
}
