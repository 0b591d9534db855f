package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.state.StateMap;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Iterator;

/**
 * Listens to what an inbox does with its maps while it works. By reflection: in a real controller tests and plugin have class loaders of
 * their own, so that nothing package-private is shared.
 */
public final class InboxTap {
    /** A step of a walk over a map. */
    public static final String NEXT = "next";

    private InboxTap() {}

    /** Is told before each call, on the thread that makes it. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param map for example {@code events}
         * @param method of {@link StateMap}, or {@link #NEXT}
         */
        void called(String map, String method);
    }

    public static void on(Inbox inbox, Listener listener) throws ReflectiveOperationException {
        Field field = Inbox.class.getDeclaredField("maps");
        field.setAccessible(true);
        Object maps = field.get(inbox);
        for (Field map : maps.getClass().getDeclaredFields()) {
            if (map.getType() == StateMap.class) {
                map.setAccessible(true);
                map.set(maps, tapped(map.getName(), (StateMap) map.get(maps), listener));
            }
        }
    }

    private static StateMap tapped(String name, StateMap map, Listener listener) {
        return (StateMap) Proxy.newProxyInstance(StateMap.class.getClassLoader(), new Class<?>[] {StateMap.class}, (self, method, arguments) -> {
            listener.called(name, method.getName());
            Object result = call(map, method, arguments);
            return result instanceof Iterable<?> walk && method.getReturnType() == Iterable.class
                    ? tapped(name, walk, listener)
                    : result;
        });
    }

    private static Object call(StateMap map, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(map, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> Iterable<T> tapped(String name, Iterable<T> walk, Listener listener) {
        return () -> {
            Iterator<T> steps = walk.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return steps.hasNext();
                }

                @Override
                public T next() {
                    listener.called(name, NEXT);
                    return steps.next();
                }
            };
        };
    }
}
