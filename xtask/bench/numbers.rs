//! What the tables print of numbers that were measured several times.

/// The same thing, measured several times.
#[derive(Default)]
pub struct Sample(Vec<f64>);

impl FromIterator<f64> for Sample {
    fn from_iter<T: IntoIterator<Item = f64>>(measured: T) -> Self {
        let mut measured: Vec<f64> = measured.into_iter().collect();
        measured.sort_by(f64::total_cmp);
        Self(measured)
    }
}

impl Sample {
    /// The upper median; NaN when nothing was measured.
    pub fn median(&self) -> f64 {
        self.0.get(self.0.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// How many times as large as the other its median is.
    pub fn ratio(&self, other: &Self) -> f64 {
        self.median() / other.median()
    }

    /// The median, the lowest and the highest number, with so many decimals.
    pub fn spread(&self, decimals: usize) -> String {
        match (self.0.first(), self.0.last()) {
            (Some(low), Some(high)) => {
                format!("{:.decimals$} ({low:.decimals$} to {high:.decimals$})", self.median())
            }
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_told_by_its_median_and_its_extremes() {
        let sample = Sample::from_iter([30.4, 10.0, 20.0]);
        assert_eq!(sample.spread(0), "20 (10 to 30)");
        assert_eq!(sample.spread(1), "20.0 (10.0 to 30.4)");
        assert_eq!(sample.ratio(&Sample::from_iter([8.0])), 2.5);
    }

    #[test]
    fn what_was_never_measured_has_no_number() {
        assert_eq!(Sample::default().spread(0), "");
        assert!(Sample::default().median().is_nan());
    }
}
