//! The machine-readable zone of ICAO Doc 9303.
