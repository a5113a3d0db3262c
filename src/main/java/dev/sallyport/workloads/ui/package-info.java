/// The page about workloads: the rules that let jobs and services in without a stored key.
@NullMarked
package dev.sallyport.workloads.ui;

import org.jspecify.annotations.NullMarked;
