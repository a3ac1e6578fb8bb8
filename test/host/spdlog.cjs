// Replaces the server's native log module (@vscode/spdlog), which needs a compiler. VS Code's Output panel shows what this
// writes, so without it every output channel, ours included, would be empty. No rotation: a test host does not live that long.
const fs = require('node:fs');
const path = require('node:path');

class Logger {
  constructor(_type, _name, file) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.file = file;
    this.level = 2;
    this.raw = false;
  }

  write(level, label, message) {
    if (level < this.level) return;
    const line = this.raw ? message : `${new Date().toISOString().replace('T', ' ').slice(0, 23)} [${label}] ${message}\n`;
    try {
      fs.appendFileSync(this.file, line);
    } catch {
      // The folder is removed when a test run ends, and the last lines come after that.
    }
  }

  trace(m) {
    this.write(0, 'trace', m);
  }
  debug(m) {
    this.write(1, 'debug', m);
  }
  info(m) {
    this.write(2, 'info', m);
  }
  warn(m) {
    this.write(3, 'warning', m);
  }
  error(m) {
    this.write(4, 'error', m);
  }
  critical(m) {
    this.write(5, 'critical', m);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {
    this.raw = false;
  }
  clearFormatters() {
    this.raw = true;
  }
  flush() {}
  drop() {}
}

exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = async (name, file) => new Logger('rotating', name, file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger('rotating_async', name, file);
