/** Every process that belongs to a platform's data folder (Linux): started for it, or at work in it. */
export declare function processesOf(folder: string): number[];
/** Those of them that serve: all of the platform's own but the supervisor. */
export declare function appsOf(folder: string): number[];
/** One that is gone already is no error. */
export declare function signal(pid: number, name: NodeJS.Signals): void;
