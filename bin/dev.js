#!/usr/bin/env node
'use strict';
/* Builds nbkp from its sources where they changed, then runs it. */
const { execFileSync } = require('child_process');
const path = require('path');

execFileSync(process.execPath, [path.join(path.dirname(__dirname), 'scripts', 'setup.js')], {
  stdio: ['ignore', 2, 2],
});
require('./run.js');
