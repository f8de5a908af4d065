// The library's own declarations bring those of browsers with them; xpath.d.cts beside this file says what is used of it.
module.exports = require('xpath');
