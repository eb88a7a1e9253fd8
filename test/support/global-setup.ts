import { probeChromium } from './browser';

export default probeChromium;
