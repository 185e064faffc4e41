import { prepareInstallation, runApp } from '../index';
import { notesService } from './notes';

/** A process of its own for the tests of start and stop. */
if (process.argv[2] === 'prepare') void prepareInstallation('notes-test', [notesService]);
else void runApp('notes-test', [notesService]);

// What nobody catches, on request of the test.
process.on('message', (message) => {
  if (message === 'throw') setImmediate(() => { throw new Error('thrown where nobody catches'); });
  if (message === 'reject') void Promise.reject(new Error('rejected where nobody catches'));
});
