import { createMemoryStore } from '../../src/storage/memory';
import { storeConformance } from './conformance';
import { deskConformance } from './conformance-desk';

storeConformance('the memory store', async () => createMemoryStore());
deskConformance('the memory store', async () => createMemoryStore());
