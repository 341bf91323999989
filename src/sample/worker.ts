import { Scheduler } from "./scheduler.js";
import { listen, port } from "./workerPort.js";

/** The program of a worker thread, in the desktop and in the browser. */
const scheduler = new Scheduler(port);
listen((message) => scheduler.receive(message));
