package io.librarysync.jmx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sync service that notes what it was asked. */
public final class RecordedSync implements SyncControl {
    public final List<String> calls = new ArrayList<>();

    @Override
    public void pause() {
        calls.add("pause");
    }

    @Override
    public void resume() {
        calls.add("resume");
    }

    @Override
    public String addLocation(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("not an absolute path: " + path);
        }
        calls.add("addLocation " + path);
        return path;
    }

    @Override
    public List<String> listLocations() {
        return List.of("/photos");
    }

    @Override
    public void addTag(String name, String[] paths) {
        calls.add("addTag " + name + " " + Arrays.toString(paths));
    }

    @Override
    public List<String> search(String text) {
        return List.of("/photos/" + text + ".jpg");
    }

    @Override
    public String why(String of) {
        if (!of.startsWith("/")) {
            throw new IllegalArgumentException("of: no record of this library is " + of);
        }
        return "{\"of\":\"" + of + "\"}";
    }
}
