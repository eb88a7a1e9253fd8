import { inSmall } from './in-small';
import { sockets } from './sockets';

inSmall('sockets', sockets);
