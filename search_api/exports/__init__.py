"""Ways to write the register: one file a format, all registered in search_api.exports.formats."""
