/**
 * Names of executors that packages bring. The codes of their own findings begin with them; a package in TypeScript adds its
 * name, so that its codes compile: `declare module 'nbkp/executor' { interface PluginNames { tar: unknown } }`.
 */
export interface PluginNames {}
