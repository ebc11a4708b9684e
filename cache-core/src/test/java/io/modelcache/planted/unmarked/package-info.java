package io.modelcache.planted.unmarked;
