//! The resident identity card of the People's Republic of China.
