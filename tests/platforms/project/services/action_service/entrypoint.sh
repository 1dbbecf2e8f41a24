#!/bin/sh
echo v0
