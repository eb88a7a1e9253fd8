import { createMemoryStore } from '../../src/storage/memory';
import { storeConformance } from './conformance';
import { commitConformance } from './conformance-commit';
import { deskConformance } from './conformance-desk';
import { pendingConformance } from './conformance-pending';
import { reminderConformance } from './conformance-reminders';

storeConformance('the memory store', async () => createMemoryStore());
deskConformance('the memory store', async () => createMemoryStore());
reminderConformance('the memory store', async () => createMemoryStore());
commitConformance('the memory store', async () => createMemoryStore());
pendingConformance('the memory store', async () => createMemoryStore());
