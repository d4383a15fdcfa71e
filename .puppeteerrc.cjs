// WhatsApp Web runs in the machine's own Chromium (CHROMIUM_PATH): nothing is downloaded at install.
module.exports = { skipDownload: true };
