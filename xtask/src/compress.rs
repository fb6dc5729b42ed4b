//! Compresses files as a web server sends them.

use std::io::Write;

use anyhow::Result;

/// `bytes` as a brotli stream; `quality` from 0 to 11.
///
/// # Errors
/// Never seen: writing to memory cannot fail.
pub fn brotli(bytes: &[u8], quality: i32) -> Result<Vec<u8>> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality, lgwin: 24, size_hint: bytes.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}

/// `bytes` as a gzip stream, at its best.
///
/// # Errors
/// Never seen: writing to memory cannot fail.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brotli_stream_decompresses_to_the_same() {
        let text = "the same again, ".repeat(500);
        let mut decompressed = Vec::new();
        let stream = brotli(text.as_bytes(), 11).unwrap();
        brotli::BrotliDecompress(&mut stream.as_slice(), &mut decompressed).unwrap();
        assert_eq!(decompressed, text.as_bytes());
    }

    #[test]
    fn a_gzip_stream_decompresses_to_the_same() {
        let text = "the same again, ".repeat(500);
        let stream = gzip(text.as_bytes()).unwrap();
        let mut decompressed = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&stream[..]), &mut decompressed)
            .unwrap();
        assert_eq!(decompressed, text);
    }
}
