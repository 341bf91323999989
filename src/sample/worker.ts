import { Scheduler } from "./scheduler.js";
// No extension: the browser bundle takes workerPort.web.ts.
import { listen, port } from "./workerPort";

/** The program of a worker thread, in the desktop and in the browser. */
const scheduler = new Scheduler(port);
listen((message) => scheduler.receive(message));
