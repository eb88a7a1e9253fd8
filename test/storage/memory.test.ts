import { createMemoryStore } from '../../src/storage/memory';
import { storeConformance } from './conformance';

storeConformance('the memory store', async () => createMemoryStore());
