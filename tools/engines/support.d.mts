/** A real server under a test's control. */
export interface EngineServer {
  /** False when the address was given: such a server cannot be stopped by a test. */
  readonly owned: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Suspends the process: its connections stay and nothing answers. */
  freeze(): void;
  thaw(): void;
  dispose(): Promise<void>;
}
